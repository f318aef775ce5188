internal import CSHA256

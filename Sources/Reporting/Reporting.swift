import CSHA256

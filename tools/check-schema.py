"""Validates scenario files against a JSON Schema.

    check-schema.py SCHEMA FILE...

Prints one line for each fault and fails if there is any. The reader is one of YAML 1.2 and keeps
dates as the text that they are in the file, since JSON knows no dates.
"""

import json
import sys

import jsonschema
from ruamel.yaml import YAML


def reader():
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor(
        "tag:yaml.org,2002:timestamp", lambda constructor, node: node.value
    )
    return yaml


def main():
    schema_path, *paths = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    faults = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            document = reader().load(file)
        for error in validator.iter_errors(document):
            faults += 1
            print(f"{path}: {error.json_path}: {error.message}")
    print(f"{len(paths)} files checked, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

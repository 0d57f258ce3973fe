"""Schemathesis, told how a list of values is written as lines of JSON; its arguments are those of its command line."""

import json

import schemathesis
import schemathesis.cli


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    return "\n".join(json.dumps(line) for line in (value if isinstance(value, list) else [value])).encode()


schemathesis.cli.schemathesis()

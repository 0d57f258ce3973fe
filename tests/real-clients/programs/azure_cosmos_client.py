"""What the SDK for Python does with the Cosmos server. Reads endpoint and key from stdin as JSON, and prints what it saw."""

import json
import sys

from azure.core import MatchConditions
from azure.cosmos import CosmosClient, PartitionKey, exceptions

given = json.load(sys.stdin)
client = CosmosClient(given["endpoint"], given["key"])
database = client.create_database("python")
container = database.create_container("items", PartitionKey(path="/shop"))


def refusal(call, *arguments, **options):
    """The status and substatus by which a call is refused."""
    try:
        call(*arguments, **options)
    except exceptions.CosmosHttpResponseError as error:
        return error.status_code
    return None


def crud():
    created = container.create_item({"id": "one", "shop": "a", "count": 1})
    after_create = container.read_item("one", "a")["count"]
    replaced = container.replace_item("one", {**created, "count": 2})
    after_replace = container.read_item("one", "a")["count"]
    container.upsert_item({"id": "two", "shop": "a", "count": 1})
    container.delete_item("two", "a")
    return {
        "afterCreate": after_create,
        "afterReplace": after_replace,
        "isNewEtag": created["_etag"] != replaced["_etag"],
        "createdTwice": refusal(container.create_item, {"id": "one", "shop": "a"}),
        "readDeleted": refusal(container.read_item, "two", "a"),
        "oldEtag": refusal(
            container.replace_item,
            "one",
            {**replaced, "count": 3},
            etag=created["_etag"],
            match_condition=MatchConditions.IfNotModified,
        ),
    }


def batch():
    results = container.execute_item_batch(
        [
            ("create", ({"id": "b1", "shop": "b"},)),
            ("upsert", ({"id": "b2", "shop": "b"},)),
            ("read", ("b1",)),
        ],
        partition_key="b",
    )
    failed = None
    try:
        container.execute_item_batch(
            [("create", ({"id": "b3", "shop": "b"},)), ("create", ({"id": "b1", "shop": "b"},))], partition_key="b"
        )
    except exceptions.CosmosBatchOperationError as error:
        failed = {"index": error.error_index, "statuses": [one["statusCode"] for one in error.operation_responses]}
    return {
        "statuses": [one["statusCode"] for one in results],
        "failed": failed,
        "isRolledBack": refusal(container.read_item, "b3", "b") == 404,
    }


def pages_of(query, **options):
    """Every page of a query, each asked for by a query that begins at the token of the one before."""
    pages, token = [], None
    while True:
        pager = container.query_items(query, max_item_count=4, **options).by_page(token)
        pages.append([item["id"] for item in next(pager)])
        token = pager.continuation_token
        if not token:
            return pages


def queries():
    for number in range(10):
        container.create_item({"id": f"q{number}", "shop": "q", "count": number})
    parameters = [{"name": "@least", "value": 2}]
    query = "SELECT * FROM c WHERE c.shop = 'q' AND c.count >= @least ORDER BY c.count DESC"
    counted = container.query_items(
        "SELECT VALUE COUNT(1) FROM c WHERE c.shop = 'q'", partition_key="q", enable_cross_partition_query=True
    )
    every = container.query_items("SELECT * FROM c", enable_cross_partition_query=True)
    return {
        "pages": pages_of(query, parameters=parameters, partition_key="q"),
        "count": list(counted),
        "acrossPartitions": len(list(every)),
        "refused": refused_query(),
    }


def refused_query():
    try:
        list(container.query_items("SELECT DISTINCT c.shop FROM c", partition_key="q"))
    except exceptions.CosmosHttpResponseError as error:
        return {"status": error.status_code, "message": error.message}
    return None


found = {"crud": crud(), "batch": batch(), "queries": queries()}
client.delete_database("python")
json.dump(found, sys.stdout)

"""What the SDK for Python does with the Event Hubs endpoint. Reads a connection and events from stdin as JSON, prints what it saw."""

import json
import sys
import threading

from azure.eventhub import EventData, EventHubConsumerClient, EventHubProducerClient

given = json.load(sys.stdin)
hub = given["hub"]


def send():
    """One batch of a key, and one event to a partition."""
    with EventHubProducerClient.from_connection_string(given["connectionString"], eventhub_name=hub) as producer:
        properties = producer.get_eventhub_properties()
        batch = producer.create_batch(partition_key=given["key"])
        for message in given["messages"]:
            event = EventData(message["value"])
            event.properties = message["headers"]
            batch.add(event)
        producer.send_batch(batch)
        single = EventData(given["single"]["value"])
        single.properties = given["single"]["headers"]
        producer.send_event(single, partition_id="0")
        ends = {
            number: producer.get_partition_properties(number)["last_enqueued_sequence_number"]
            for number in properties["partition_ids"]
        }
    return properties, ends


def receive(ends):
    """Every event up to the last of each partition."""
    waiting = {number for number, last in ends.items() if last >= 0}
    seen = []
    consumer = EventHubConsumerClient.from_connection_string(
        given["connectionString"], consumer_group="$Default", eventhub_name=hub
    )
    stopping = threading.Timer(60, consumer.close)
    stopping.start()

    def on_event(context, event):
        seen.append({
            "partition": context.partition_id,
            "sequence": event.sequence_number,
            "key": event.partition_key.decode() if event.partition_key else None,
            "properties": {name.decode(): value.decode() for name, value in event.properties.items()},
            "event": json.loads(event.body_as_str()),
        })
        if event.sequence_number >= ends[context.partition_id]:
            waiting.discard(context.partition_id)
        if not waiting:
            stopping.cancel()
            threading.Thread(target=consumer.close).start()

    consumer.receive(on_event=on_event, starting_position="-1")
    if waiting:
        raise SystemExit(f"partitions {sorted(waiting)} were not received to their ends in a minute")
    return seen


properties, ends = send()
json.dump({"partitions": properties["partition_ids"], "seen": receive(ends)}, sys.stdout)

"""What librdkafka does with the broker. Reads a connection and events from stdin as JSON, and prints what it saw."""

import json
import sys

from confluent_kafka import Consumer, KafkaError, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

given = json.load(sys.stdin)
kafka = given["kafka"]
connection = {
    "bootstrap.servers": kafka["brokers"],
    "security.protocol": "SASL_SSL",
    "ssl.ca.location": kafka["caFile"],
    "sasl.mechanism": "PLAIN",
    "sasl.username": kafka["user"],
    "sasl.password": kafka["password"],
}
repetitions = 500


def send(topic, messages):
    """Sends without a double and in order, and gives the partition and offset of each."""
    placed = []

    def delivered(error, message):
        if error:
            raise SystemExit(f"not delivered to {topic}: {error}")
        placed.append([message.partition(), message.offset()])

    producer = Producer({**connection, "enable.idempotence": True})
    for message in messages:
        producer.produce(topic, **message, on_delivery=delivered)
        producer.poll(0)
    if producer.flush(30) > 0:
        raise SystemExit(f"nobody has acknowledged what was sent to {topic}")
    return placed


def join(group, topic):
    consumer = Consumer({
        **connection,
        "group.id": group,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        "enable.partition.eof": True,
    })
    consumer.subscribe([topic])
    return consumer


def read_to_the_end(consumer, partitions):
    """Every message up to the end of all partitions."""
    messages, at_end = [], set()
    while len(at_end) < partitions:
        message = consumer.poll(30)
        if message is None:
            raise SystemExit("nothing was heard for 30 seconds")
        if message.error() is None:
            at_end.discard(message.partition())
            messages.append(message)
        elif message.error().code() == KafkaError._PARTITION_EOF:
            at_end.add(message.partition())
        else:
            raise SystemExit(str(message.error()))
    return messages


def described(message):
    headers = {name: value.decode() for name, value in message.headers() or []}
    return {"key": message.key().decode(), "headers": headers, "event": json.loads(message.value())}


def events():
    """Sends the events, reads their topic in a group, commits, and comes back as another member."""
    topic, messages = given["topic"], given["messages"]
    partitions = len(AdminClient(connection).list_topics(topic, timeout=30).topics[topic].partitions)
    send(topic, messages[:-1])
    first = join(given["group"], topic)
    seen = read_to_the_end(first, partitions)
    committed = first.commit(asynchronous=False)
    first.close()
    send(topic, messages[-1:])
    second = join(given["group"], topic)
    after = read_to_the_end(second, partitions)
    second.close()
    return {
        "seen": [described(message) for message in seen],
        "committed": sum(place.offset for place in committed if place.offset > 0),
        "seenAfterComingBack": [described(message) for message in after],
    }


def own_topic():
    """Makes a topic, sends a row of messages to it as an idempotent producer, and reads them."""
    topic = given["ownTopic"]
    admin = AdminClient(connection)
    for made in admin.create_topics([NewTopic(topic, num_partitions=1)]).values():
        made.result(30)
    numbers = [str(number) for number in range(repetitions)]
    send(topic, [{"value": number} for number in numbers])
    reader = Consumer({**connection, "group.id": given["group"], "enable.partition.eof": True})
    reader.assign([TopicPartition(topic, 0, 0)])
    read = [message.value().decode() for message in read_to_the_end(reader, 1)]
    reader.close()
    for gone in admin.delete_topics([topic]).values():
        gone.result(30)
    return {"sent": len(numbers), "read": len(read), "isInOrder": read == numbers}


json.dump({"events": events(), "ownTopic": own_topic()}, sys.stdout)

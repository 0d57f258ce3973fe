"""What a client does that OpenAPI Generator makes of /openapi.json. Reads the stack's URL from stdin as JSON, prints what it saw."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from importlib.resources import files
from pathlib import Path

given = json.load(sys.stdin)
folder = Path(tempfile.mkdtemp(prefix="generated-client-"))


def generate():
    jar = files("openapi_generator_cli") / "openapi-generator.jar"
    left_out = "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"
    options = ["-g", "python", "-i", f"{given['url']}/openapi.json", "-o", str(folder)]
    names = ["--additional-properties=packageName=lagerhaus", f"--global-property={left_out}"]
    command = ["java", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "generate", *options, *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(done.stdout + done.stderr)
    sys.path.insert(0, str(folder))


def shop():
    import lagerhaus

    anonymous = lagerhaus.ApiClient(lagerhaus.Configuration(host=given["url"]))
    identity = lagerhaus.IdentityApi(anonymous)
    account = {"email": "admin@example.com", "password": "Admin123", "first_name": "Ada", "last_name": "Admin"}
    identity.register_user(lagerhaus.RegisterUser.from_dict(account))
    # Left to itself, it names the form that it sends JSON, because the operation takes either.
    form = "application/x-www-form-urlencoded"
    grant = identity.log_in(account["email"], account["password"], _content_type=form)

    client = lagerhaus.ApiClient(lagerhaus.Configuration(host=given["url"], access_token=grant.access_token))
    wish = {"name": "Desk lamp", "sku": "GENERATED", "price": 49.9, "quantity": 3}
    product = lagerhaus.CatalogApi(client).create_product(lagerhaus.CreateProduct.from_dict(wish))
    inventory = lagerhaus.InventoryApi(client)
    until(lambda: any(stock.item_id == product.sku for stock in inventory.list_stock().items))

    orders = lagerhaus.OrdersApi(client)
    line = {"itemId": product.sku, "quantity": 2}
    wish = {"customerId": "CUST-1", "items": [line], "totalAmount": 99.8}
    placed = orders.place_order(lagerhaus.PlaceOrder.from_dict(wish))
    until(lambda: orders.get_order(placed.id).status != "pending")
    decided = orders.get_order(placed.id)
    try:
        orders.get_order(uuid.uuid4())
        refused = None
    except lagerhaus.exceptions.NotFoundException as error:
        refused = {"status": error.status, "type": lagerhaus.Problem.from_json(error.body).type}
    return {"placed": placed.status, "decided": decided.status, "total": decided.total_amount, "refused": refused}


def until(holds):
    for _ in range(300):
        if holds():
            return
        time.sleep(0.1)
    raise SystemExit("what was waited for did not come in half a minute")


try:
    generate()
    json.dump(shop(), sys.stdout)
finally:
    shutil.rmtree(folder)

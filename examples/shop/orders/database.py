def save_order(order):
    print("saved", order["id"])

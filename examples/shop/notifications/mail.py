async def send_receipt(receipt):
    print("mailed", receipt)

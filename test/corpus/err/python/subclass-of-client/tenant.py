from kafka import KafkaConsumer


class TenantConsumer(KafkaConsumer):
    """Names the group after the tenant."""

    def __init__(self, tenant, *topics, **options):
        options["enable_auto_commit"] = False
        super().__init__(*topics, group_id=f"shipments-{tenant}", **options)

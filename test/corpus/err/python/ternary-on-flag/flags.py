# switched at release time, never at run time
CONFIRM_EVERY_REPLICA = False

package shop;

public class PlainLock extends BaseLock {
    @Override
    public boolean lock(String key, String owner) {
        return Boolean.TRUE.equals(template.opsForValue().setIfAbsent(key, owner)); // expect: redis-key-without-ttl
    }
}

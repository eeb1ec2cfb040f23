package shop;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;

public abstract class BaseLock {
    @Autowired
    protected StringRedisTemplate template;

    public abstract boolean lock(String key, String owner);

    public void unlock(String key, String owner) {
        if (owner.equals(template.opsForValue().get(key))) {
            template.delete(key);
        }
    }
}

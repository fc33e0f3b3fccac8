-- What every process must hear of, in words that lib/signals/message.ts reads. Notifications arrive in the order of the
-- commits (PostgreSQL manual, NOTIFY), also for changes made by hand. ALWAYS: also in a replication session.
CREATE FUNCTION api_keys_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		PERFORM pg_notify('latchkey', concat_ws(' ', 'key created', NEW.id, NEW.environment_id, encode(NEW.hash, 'hex')));
	ELSIF TG_OP = 'DELETE' THEN
		PERFORM pg_notify('latchkey', concat_ws(' ', 'key deleted', OLD.id, OLD.environment_id, encode(OLD.hash, 'hex')));
	ELSIF (OLD.id, OLD.environment_id, OLD.hash) IS DISTINCT FROM (NEW.id, NEW.environment_id, NEW.hash) THEN
		PERFORM pg_notify('latchkey', concat_ws(' ', 'key deleted', OLD.id, OLD.environment_id, encode(OLD.hash, 'hex')));
		PERFORM pg_notify('latchkey', concat_ws(' ', 'key created', NEW.id, NEW.environment_id, encode(NEW.hash, 'hex')));
	ELSE
		PERFORM pg_notify('latchkey', concat_ws(' ', 'key changed', NEW.id, NEW.environment_id, encode(NEW.hash, 'hex')));
	END IF;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION api_keys_tell_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('latchkey', 'keys_gone');
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION environments_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('latchkey', concat_ws(' ', 'environment', OLD.id));
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE FUNCTION members_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('latchkey', concat_ws(' ', 'member', OLD.id));
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER api_keys_tell AFTER INSERT OR DELETE ON "api_keys"
FOR EACH ROW EXECUTE FUNCTION api_keys_tell();
--> statement-breakpoint
-- A use alone (last_used_at, last_use) changes nothing about what the key may do, and is told by who writes it.
CREATE TRIGGER api_keys_tell_change AFTER UPDATE ON "api_keys" FOR EACH ROW
WHEN ((OLD.id, OLD.environment_id, OLD.hash, OLD.scopes, OLD.expires_at, OLD.display_name)
	IS DISTINCT FROM (NEW.id, NEW.environment_id, NEW.hash, NEW.scopes, NEW.expires_at, NEW.display_name))
EXECUTE FUNCTION api_keys_tell();
--> statement-breakpoint
CREATE TRIGGER api_keys_tell_truncate AFTER TRUNCATE ON "api_keys"
FOR EACH STATEMENT EXECUTE FUNCTION api_keys_tell_truncate();
--> statement-breakpoint
CREATE TRIGGER environments_tell AFTER UPDATE OR DELETE ON "environments"
FOR EACH ROW EXECUTE FUNCTION environments_tell();
--> statement-breakpoint
CREATE TRIGGER members_tell AFTER UPDATE OR DELETE ON "members"
FOR EACH ROW EXECUTE FUNCTION members_tell();
--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ALWAYS TRIGGER api_keys_tell;
--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ALWAYS TRIGGER api_keys_tell_change;
--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ALWAYS TRIGGER api_keys_tell_truncate;
--> statement-breakpoint
ALTER TABLE "environments" ENABLE ALWAYS TRIGGER environments_tell;
--> statement-breakpoint
ALTER TABLE "members" ENABLE ALWAYS TRIGGER members_tell;

CREATE TABLE "key_callers" (
	"key_id" bigint NOT NULL,
	"client" text NOT NULL,
	"address" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"calls" bigint NOT NULL,
	CONSTRAINT "key_callers_key_id_client_address_pk" PRIMARY KEY("key_id","client","address")
);
--> statement-breakpoint
CREATE TABLE "usage_hours" (
	"key_id" bigint NOT NULL,
	"environment_id" bigint NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"scope" text NOT NULL,
	"outcome" text NOT NULL,
	"calls" bigint NOT NULL,
	CONSTRAINT "usage_hours_key_id_hour_scope_outcome_pk" PRIMARY KEY("key_id","hour","scope","outcome")
);
--> statement-breakpoint
CREATE TABLE "usage_writers" (
	"writer" uuid PRIMARY KEY NOT NULL,
	"batch" bigint NOT NULL,
	"written_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "key_callers" ADD CONSTRAINT "key_callers_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "key_callers_last_seen" ON "key_callers" USING btree ("last_seen_at");--> statement-breakpoint
CREATE INDEX "usage_hours_hour" ON "usage_hours" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "usage_hours_environment" ON "usage_hours" USING btree ("environment_id","hour");
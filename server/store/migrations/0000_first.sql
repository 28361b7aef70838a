CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer" uuid,
	"address" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "accounts_address_unique" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "anchors" (
	"batch" bigint NOT NULL,
	"chain_id" bigint NOT NULL,
	"state" text DEFAULT 'unsent' NOT NULL,
	"anchored_at" bigint,
	CONSTRAINT "anchors_batch_chain_id_pk" PRIMARY KEY("batch","chain_id")
);
--> statement-breakpoint
CREATE TABLE "batches" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "batches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"root" "bytea" NOT NULL,
	"leaf_count" integer NOT NULL,
	"tree" "bytea" NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "batches_root_unique" UNIQUE("root")
);
--> statement-breakpoint
CREATE TABLE "chains" (
	"chain_id" bigint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"creation_block_number" bigint NOT NULL,
	"creation_block_hash" "bytea" NOT NULL,
	"imported_block" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"locator" text PRIMARY KEY NOT NULL,
	"issuer" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"format" text NOT NULL,
	"text" text NOT NULL,
	"digest" "bytea" NOT NULL,
	"salt" "bytea" NOT NULL,
	"leaf" "bytea" NOT NULL,
	"key" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"list" integer NOT NULL,
	"index" integer NOT NULL,
	"batch" bigint,
	"lapsed" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "issuer_actions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer" uuid NOT NULL,
	"chain_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"target" text NOT NULL,
	"deadline" bigint NOT NULL,
	"signature" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"final_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "issuers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"did" text NOT NULL,
	"name" text NOT NULL,
	"profile" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "issuers_slug_unique" UNIQUE("slug"),
	CONSTRAINT "issuers_did_unique" UNIQUE("did")
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"issuer" uuid NOT NULL,
	"algorithm" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"thumbprint" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "status_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "status_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"issuer" uuid NOT NULL,
	"list" integer NOT NULL,
	"index" integer NOT NULL,
	"purpose" text NOT NULL,
	"value" boolean NOT NULL,
	"origin" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "status_changes_final" CHECK (purpose <> 'revocation' or value)
);
--> statement-breakpoint
CREATE TABLE "status_lists" (
	"issuer" uuid NOT NULL,
	"list" integer NOT NULL,
	"seed" "bytea" NOT NULL,
	"allocated" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "status_lists_issuer_list_pk" PRIMARY KEY("issuer","list"),
	CONSTRAINT "status_lists_range" CHECK (allocated between 0 and 131072)
);
--> statement-breakpoint
CREATE TABLE "status_pending" (
	"change" bigint NOT NULL,
	"chain_id" bigint NOT NULL,
	CONSTRAINT "status_pending_chain_id_change_pk" PRIMARY KEY("chain_id","change")
);
--> statement-breakpoint
CREATE TABLE "transactions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "transactions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"chain_id" bigint NOT NULL,
	"sender" text NOT NULL,
	"nonce" bigint NOT NULL,
	"kind" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"raw" text NOT NULL,
	"state" text DEFAULT 'prepared' NOT NULL,
	"block_number" bigint,
	"block_hash" "bytea",
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "transactions_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_issuer_issuers_id_fk" FOREIGN KEY ("issuer") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "anchors" ADD CONSTRAINT "anchors_batch_batches_id_fk" FOREIGN KEY ("batch") REFERENCES "public"."batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_issuer_issuers_id_fk" FOREIGN KEY ("issuer") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credentials" ADD CONSTRAINT "credentials_batch_batches_id_fk" FOREIGN KEY ("batch") REFERENCES "public"."batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issuer_actions" ADD CONSTRAINT "issuer_actions_issuer_issuers_id_fk" FOREIGN KEY ("issuer") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD CONSTRAINT "signing_keys_issuer_issuers_id_fk" FOREIGN KEY ("issuer") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_changes" ADD CONSTRAINT "status_changes_issuer_issuers_id_fk" FOREIGN KEY ("issuer") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_lists" ADD CONSTRAINT "status_lists_issuer_issuers_id_fk" FOREIGN KEY ("issuer") REFERENCES "public"."issuers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "status_pending" ADD CONSTRAINT "status_pending_change_status_changes_id_fk" FOREIGN KEY ("change") REFERENCES "public"."status_changes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_one_operator" ON "accounts" USING btree ((issuer is null)) WHERE issuer is null;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_one_of_issuer" ON "accounts" USING btree ("issuer") WHERE retired_at is null;--> statement-breakpoint
CREATE INDEX "anchors_open" ON "anchors" USING btree ("chain_id") WHERE state <> 'final';--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_once" ON "credentials" USING btree ("credential_id","issuer","format");--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_status" ON "credentials" USING btree ("issuer","list","index");--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_digest" ON "credentials" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "credentials_waiting" ON "credentials" USING btree ("created_at") WHERE batch is null and lapsed is null;--> statement-breakpoint
CREATE INDEX "credentials_batch" ON "credentials" USING btree ("batch");--> statement-breakpoint
CREATE UNIQUE INDEX "issuer_actions_once" ON "issuer_actions" USING btree ("issuer","chain_id","kind","target");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_once" ON "signing_keys" USING btree ("issuer","thumbprint");--> statement-breakpoint
CREATE INDEX "status_changes_entry" ON "status_changes" USING btree ("issuer","list","index","purpose","id");--> statement-breakpoint
CREATE INDEX "transactions_open" ON "transactions" USING btree ("chain_id") WHERE state in ('prepared', 'mined');
ALTER TABLE "issuer_actions" ADD COLUMN "nonce" bigint;--> statement-breakpoint
UPDATE "issuer_actions" SET "nonce" = numbered.nonce FROM (
	SELECT id, row_number() OVER (PARTITION BY issuer, chain_id, kind ORDER BY created_at, id) - 1 AS nonce FROM "issuer_actions"
) numbered WHERE "issuer_actions".id = numbered.id;--> statement-breakpoint
ALTER TABLE "issuer_actions" ALTER COLUMN "nonce" SET NOT NULL;

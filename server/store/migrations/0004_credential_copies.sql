DROP INDEX "credentials_once";--> statement-breakpoint
ALTER TABLE "credentials" ADD COLUMN "copy" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_once" ON "credentials" USING btree ("credential_id","issuer","format","copy");
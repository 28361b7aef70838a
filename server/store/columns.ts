import { toHash, type Hash } from '#sdk'
import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** Bytes. */
export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
})

/** 32 bytes, kept as such; a {@link Hash} outside. */
export const hash = customType<{ data: Hash; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value.slice(2), 'hex'),
  fromDriver: (value) => toHash(value),
})

/** A moment; whose clock it is of, the writer says. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** EIP-155 chain id. */
export const chainId = () => bigint('chain_id', { mode: 'number' }).notNull()

import { toHash, type Hash } from '#sdk'
import { customType } from 'drizzle-orm/pg-core'

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

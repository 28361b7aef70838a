import type { BaseRecord, BaseRecordConstructor, Query, StorageService } from '@credo-ts/core'
import { RecordDuplicateError, RecordNotFoundError } from '@credo-ts/core'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Credo's own bound for any record.
type AnyRecord = BaseRecord<any, any, any>

/** Credo's records in memory: npm has no storage of Credo's own that needs no native code. */
export class MemoryStorage implements StorageService<AnyRecord> {
  readonly supportsCursorPagination = false
  readonly #records = new Map<string, AnyRecord>()

  save(_context: unknown, record: AnyRecord): Promise<void> {
    if (this.#records.has(record.id)) {
      throw new RecordDuplicateError('it is there', { recordType: record.type })
    }
    this.#records.set(record.id, record)
    return Promise.resolve()
  }

  update(_context: unknown, record: AnyRecord): Promise<void> {
    this.#records.set(record.id, record)
    return Promise.resolve()
  }

  delete(_context: unknown, record: AnyRecord): Promise<void> {
    this.#records.delete(record.id)
    return Promise.resolve()
  }

  deleteById(_context: unknown, _kind: unknown, id: string): Promise<void> {
    this.#records.delete(id)
    return Promise.resolve()
  }

  getById(_context: unknown, { type }: BaseRecordConstructor<AnyRecord>, id: string) {
    const record = this.#records.get(id)
    if (record?.type !== type) throw new RecordNotFoundError('no such', { recordType: type })
    return Promise.resolve(record)
  }

  getAll(_context: unknown, { type }: BaseRecordConstructor<AnyRecord>) {
    return Promise.resolve([...this.#records.values()].filter((record) => record.type === type))
  }

  async findByQuery(
    context: unknown,
    kind: BaseRecordConstructor<AnyRecord>,
    query: Query<AnyRecord>,
  ) {
    const all = await this.getAll(context, kind)
    return all.filter((record) => matches(record.getTags() as Tags, query as TagQuery))
  }
}

type Tags = Record<string, unknown>
type TagQuery = Tags & { $and?: TagQuery[]; $or?: TagQuery[]; $not?: TagQuery }

function matches(tags: Tags, { $and, $or, $not, ...wanted }: TagQuery): boolean {
  return (
    ($and ?? []).every((query) => matches(tags, query)) &&
    ($or === undefined || $or.some((query) => matches(tags, query))) &&
    ($not === undefined || !matches(tags, $not)) &&
    Object.entries(wanted).every(([name, value]) => fits(tags[name], value))
  )
}

function fits(tag: unknown, value: unknown): boolean {
  if (value === undefined) return true
  if (!Array.isArray(value)) return tag === value
  return Array.isArray(tag) && value.every((each) => tag.includes(each))
}

/**
 * Compression as the platform does it, with an end to what is expanded.
 *
 * @module
 */

/** `bytes` in gzip, or in zlib's form of DEFLATE (RFC 1950). */
export function compress(bytes: Uint8Array, format: 'gzip' | 'deflate'): Promise<Uint8Array> {
  const stream = new Blob([Uint8Array.from(bytes)]).stream()
  return collect(stream.pipeThrough(new CompressionStream(format)), Infinity)
}

/**
 * What {@link compress} made smaller. A few kilobytes may hold gigabytes of zeros.
 *
 * @param limit - Most bytes that are expanded.
 * @throws `RangeError` if there are more, `TypeError` if it is not of this format.
 */
export function expand(
  compressed: Uint8Array,
  format: 'gzip' | 'deflate',
  limit: number,
): Promise<Uint8Array> {
  const stream = new Blob([Uint8Array.from(compressed)]).stream()
  return collect(stream.pipeThrough(new DecompressionStream(format)), limit)
}

/** All bytes of a stream. Throws as soon as there are more than `limit`. */
async function collect(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    length += chunk.length
    if (length > limit) throw new RangeError('the stream is too long')
    chunks.push(chunk)
  }
  const all = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    all.set(chunk, offset)
    offset += chunk.length
  }
  return all
}

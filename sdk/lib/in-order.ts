/**
 * Waits for all promises, then gives what they gave, or throws what the first of them in this order threw. So which
 * error is seen does not depend on which answer came first.
 */
export async function inOrder<const Promises extends readonly unknown[]>(
  promises: Promises,
): Promise<{ -readonly [Key in keyof Promises]: Awaited<Promises[Key]> }> {
  await Promise.allSettled(promises)
  for (const promise of promises) await promise
  return Promise.all(promises)
}

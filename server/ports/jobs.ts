/** Background work. Asking for a job that waits already changes nothing. */
export interface Jobs {
  /** Reconciles one chain soon. */
  reconcileSoon(chainId: number): Promise<void>
  /** Closes the open batch soon, without waiting for its time or size. */
  closeBatchSoon(): Promise<void>
}

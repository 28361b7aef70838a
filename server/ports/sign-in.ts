/**
 * How a person shows who they are before a credential is issued to their wallet. What is behind it may be
 * changed without touching the protocol.
 *
 * @module
 */
export interface SignIn {
  /**
   * The page where the person signs in: HTML, whose form posts `fields` and what else it asks for back to
   * where it came from.
   */
  page(fields: Readonly<Record<string, string>>): string
  /** Whether what the form brought is good enough for the offer at hand. */
  accepts(form: Readonly<Record<string, string>>): Promise<boolean>
}

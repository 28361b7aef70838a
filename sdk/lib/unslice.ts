/**
 * The same text, on its own: a part of a long text holds all of it in memory as long as it lives (V8), and
 * what is remembered lives long.
 *
 * @module
 */

/** Shorter parts are copied by V8 itself. */
const shortest = 13

/** A text that is equal to `text`, and part of no other. */
export function unslice<Text extends string>(text: Text): Text
export function unslice(text: string): string {
  return text.length < shortest ? text : ` ${text}`.slice(1)
}

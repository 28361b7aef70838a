import type { ChainSource, ChainView } from '#sdk'

/** A source, and the same one for those who can do with a view of some seconds ago. */
export interface SharedSource {
  fresh: ChainSource
  recent: ChainSource
}

/**
 * Shares views: `recent` gives the last one that anybody asked for, up to `seconds` long. So it never
 * lags behind what was found out by `fresh` in this process: a credential that was found to be final
 * there verifies here.
 */
export function shareViews(source: ChainSource, seconds: number, now: () => Date): SharedSource {
  const { pin } = source
  let last: { view: Promise<ChainView>; until: number } | undefined
  function look(): Promise<ChainView> {
    const asked = { view: source.view(), until: now().getTime() + seconds * 1000 }
    last = asked
    asked.view.catch(() => {
      if (last === asked) last = undefined
    })
    return asked.view
  }
  return {
    fresh: { pin, view: look },
    recent: {
      pin,
      view: () => (last !== undefined && now().getTime() < last.until ? last.view : look()),
    },
  }
}

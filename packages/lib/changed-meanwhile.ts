import { type Sentence, sentence } from "./sentence";

export interface ChangedMeanwhile {
  /** All of it, for whoever sees nothing but the message. */
  message: Sentence;
  /** Who changed what: a page says the rest in its own words. */
  details: { changed: Sentence };
}

/**
 * Why a write is refused that was made of an older state. Nothing of it was saved.
 *
 * @param what the name of what was changed, or a part of it
 * @param who null if nobody is known to have done it
 */
export function changedMeanwhile(what: string | Sentence, who: string | null): ChangedMeanwhile {
  return notSaved(
    sentence("{{who}} changed {{what}} in the meantime.", { who: who ?? sentence("Another person"), what }),
  );
}

/** The same of what is there no longer. @param changed what became of it */
export function notSaved(changed: Sentence): ChangedMeanwhile {
  return {
    message: sentence("{{changed}} Nothing was saved. Look at the new state, then try again.", { changed }),
    details: { changed },
  };
}

import { splitKeys } from "./keys";

/** A text whose keys are set as code. */
export function Keyed({ children }: { children: string }) {
  return splitKeys(children).map(({ text, isKey }, place) =>
    isKey ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text has no other order
      <code key={place} className="font-mono text-[0.95em]">
        {text}
      </code>
    ) : (
      text
    ),
  );
}

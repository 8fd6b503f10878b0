import { cn } from "@calcom/ui";

/** The most characters of the end to keep, from the start of a word: names in one experiment often begin alike. */
const END = 8;

/** Names up to this length are cut at the end alone. */
const LONG = 16;

/**
 * A name on one line. If there is too little room, it shows the beginning and the end. Screen readers and the tooltip get
 * the whole name.
 */
export function CutName({ name, className }: { name: string; className?: string }) {
  if (name.length <= LONG) return <span className={cn("truncate", className)}>{name}</span>;
  const word = name.slice(-END).search(/[-_ ]./);
  const end = name.slice(-END + Math.max(word, 0));
  return (
    <span title={name} className={cn("flex min-w-0", className)}>
      <span className="sr-only">{name}</span>
      <span aria-hidden className="truncate whitespace-pre">
        {name.slice(0, -end.length)}
      </span>
      <span aria-hidden className="shrink-0 whitespace-pre">
        {end}
      </span>
    </span>
  );
}

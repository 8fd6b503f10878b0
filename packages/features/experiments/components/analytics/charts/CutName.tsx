import { cn } from "@calcom/ui";

/** At most so much stays of the end, from where a word begins: the names of one experiment often begin alike. */
const END = 8;

/** A shorter one is not cut so that its end could be missed. */
const LONG = 16;

/** A name in one line, however narrow: its beginning and its end. Readers, and whoever points at it, get all of it. */
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

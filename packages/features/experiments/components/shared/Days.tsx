"use client";

import { type ReactNode, useId } from "react";
import { daysOf } from "./days-of";
import { useFormat } from "./useFormat";

interface DaysProps<Entry extends { at: Date }> {
  /** The latest first. */
  entries: readonly Entry[];
  /** Of the headings, which stand one below what is around them. */
  level: "h2" | "h3";
  /** An item of a list. */
  children: (entry: Entry) => ReactNode;
}

/** What happened, under a heading for each day of the reader's zone. */
export function Days<Entry extends { at: Date }>({ entries, level: Heading, children }: DaysProps<Entry>) {
  const id = useId();
  const { dayKey, weekday } = useFormat();
  return daysOf(entries, dayKey).map((day) => {
    const [{ at }] = day;
    const headingId = `${id}-${dayKey(at)}`;
    return (
      <section key={dayKey(at)} aria-labelledby={headingId}>
        <Heading id={headingId} className="border-b pb-1.5 font-medium text-muted-foreground text-xs">
          {weekday(at)}
        </Heading>
        <ol>{day.map(children)}</ol>
      </section>
    );
  });
}

"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Hint, Section, Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@calcom/ui";
import Link from "next/link";
import type { ExperimentFeed, FeedEvent } from "../../types/feed";
import type { PersonKey } from "../../types/people";
import type { ExperimentPaths } from "../shared/paths";
import { useFormat } from "../shared/useFormat";

interface FeedEventsProps {
  feed: ExperimentFeed;
  personPath: ExperimentPaths["person"];
}

/** The latest first. */
export function FeedEvents({ feed, personPath }: FeedEventsProps) {
  const { t } = useLocale();
  const { day, clock, momentToSecond, dayKey } = useFormat();
  const today = dayKey(feed.asOf);
  return (
    <Section title={t("feed_recorded")} description={t("feed_recorded_text")}>
      {(feed.isWithheld || feed.isMasked || feed.isCut) && (
        <ul className="grid gap-1 text-dense text-muted-foreground">
          {feed.isWithheld && <li>{t("feed_withheld")}</li>}
          {feed.isMasked && <li>{t("feed_masked")}</li>}
          {feed.isCut && <li>{t("feed_cut")}</li>}
        </ul>
      )}
      <Table scrollLabel={t("feed_recorded")} className="max-sm:block">
        <TableHeader className="max-sm:sr-only">
          <TableRow>
            <TableHead className="pl-0">{t("feed_time")}</TableHead>
            <TableHead>{t("feed_event")}</TableHead>
            <TableHead>{t("experiment_variant")}</TableHead>
            <TableHead>{t("feed_participant")}</TableHead>
            <TableHead className="pr-0">
              <Hint text={t("feed_counts_hint")}>{t("feed_counts")}</Hint>
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody className="max-sm:block max-sm:border-t">
          {feed.events.map((event) => (
            <TableRow
              key={event.id}
              className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:gap-y-0.5 max-sm:py-2 max-sm:*:p-0"
            >
              <TableCell className="whitespace-nowrap pl-0 text-muted-foreground max-sm:col-start-2 max-sm:row-start-1 max-sm:text-end">
                {/* The zone stands above, and the day where it is another one. */}
                <time dateTime={event.at.toISOString()} title={momentToSecond(event.at)}>
                  {dayKey(event.at) === today ? clock(event.at) : `${day(event.at)}, ${clock(event.at)}`}
                </time>
              </TableCell>
              <TableCell className="wrap-anywhere min-w-28 max-sm:col-start-1 max-sm:row-start-1">
                {event.kind === "converted"
                  ? t("feed_converted", { event: event.event ?? "" })
                  : t(`feed_${event.kind}`)}
              </TableCell>
              <TableCell className="wrap-anywhere min-w-20 font-mono max-sm:col-start-1 max-sm:row-start-2">
                {event.variant}
              </TableCell>
              <TableCell className="whitespace-nowrap max-sm:col-start-2 max-sm:row-start-2 max-sm:text-end">
                <Participant event={event} isMasked={feed.isMasked} personPath={personPath} />
              </TableCell>
              <TableCell
                data-label={`${t("feed_counts")}: `}
                className="min-w-40 pr-0 max-sm:col-span-2 max-sm:row-start-3 max-sm:before:text-muted-foreground max-sm:before:content-[attr(data-label)]"
              >
                <Counted event={event} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

/** What is in an open window counts once that closes: until then no result has it. */
function Counted({ event: { notCounted, countsFrom } }: { event: FeedEvent }) {
  const { t } = useLocale();
  const { day, moment } = useFormat();
  if (notCounted !== null)
    return <span className="text-muted-foreground">{t(`feed_not_${notCounted}`)}</span>;
  if (countsFrom === null) return t("feed_yes");
  return <span title={moment(countsFrom)}>{t("feed_yes_later", { day: day(countsFrom) })}</span>;
}

interface ParticipantProps extends Pick<FeedEventsProps, "personPath"> {
  event: FeedEvent;
  isMasked: boolean;
}

/** Only an id is shown here. The page that it leads to records that the person was looked up. */
function Participant({ event: { subject }, isMasked, personPath }: ParticipantProps) {
  const { t } = useLocale();
  const { unit, id } = subject;
  if (id === null) return t(`feed_some_${unit}`);
  const name = t(`feed_${unit}`, { id: unit === "visitor" ? id.slice(0, 8) : id });
  if (isMasked && unit !== "team") return name;
  return (
    <Link href={personPath(keyOf(unit, id))} prefetch={false} className="underline-offset-2 hover:underline">
      {name}
    </Link>
  );
}

function keyOf(unit: PersonKey["unit"], id: string): PersonKey {
  // Of which type the ids of people are, their host decides; addresses are read either way.
  return unit === "visitor" ? { unit, id } : { unit, id: /^\d+$/.test(id) ? Number(id) : id };
}

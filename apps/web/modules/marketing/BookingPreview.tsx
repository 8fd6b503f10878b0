"use client";

import { dayAndMonthLabel, dayLabel, timeLabel, weekdayLabel } from "@calcom/lib/date-labels";
import { useLocale } from "@calcom/lib/i18n";
import { Avatar, cn, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { ClockIcon, VideoIcon } from "lucide-react";
import { useId, useState } from "react";
import { freeSlots, GUEST_ZONES, type GuestZone, HOST_ZONE, isWeekend, threeWeeksFrom } from "./slots";

const DURATION_MS = 30 * 60_000;

/**
 * The booking page as a guest sees it, to be tried on the spot. `today` comes from the server, so that both render
 * the same days.
 */
export function BookingPreview({ today }: { today: string }) {
  const { t, locale } = useLocale();
  const zoneId = useId();
  const days = threeWeeksFrom(new Date(today));
  const isOpen = (candidate: Date) => candidate.getTime() > Date.parse(today) && !isWeekend(candidate);
  const [day, setDay] = useState(() => days.find(isOpen)?.getTime());
  const [slot, setSlot] = useState<number | null>(null);
  const [zone, setZone] = useState<GuestZone>("Europe/Berlin");
  const slots = day === undefined ? [] : freeSlots(new Date(day));

  return (
    <section aria-label={t("landing_preview_label")} className="min-w-0 rounded-lg border bg-card">
      <header className="flex items-center gap-3 border-b px-4 py-3">
        <Avatar name="Edda Jonsdottir" decorative />
        <div className="min-w-0">
          <p className="truncate font-medium text-sm">{t("landing_preview_event")}</p>
          <p className="truncate text-dense text-muted-foreground">{t("landing_preview_host")}</p>
        </div>
        <p className="ml-auto hidden items-center gap-3 text-dense text-muted-foreground sm:flex">
          <span className="inline-flex items-center gap-1.5">
            <ClockIcon aria-hidden className="size-3.5" />
            {t("duration_minutes", { minutes: 30 })}
          </span>
          <span className="inline-flex items-center gap-1.5">
            <VideoIcon aria-hidden className="size-3.5" />
            {t("landing_preview_place")}
          </span>
        </p>
      </header>

      <div className="grid sm:grid-cols-[1fr_168px]">
        <div className="border-b p-4 sm:border-r sm:border-b-0">
          <div className="grid grid-cols-7 gap-1">
            {days.slice(0, 7).map((date) => (
              <span
                key={date.getTime()}
                aria-hidden
                className="pb-1 text-center text-muted-foreground text-xs"
              >
                {weekdayLabel(date, "UTC", locale)}
              </span>
            ))}
            {days.map((date) => (
              <button
                key={date.getTime()}
                type="button"
                disabled={!isOpen(date)}
                aria-pressed={date.getTime() === day}
                aria-label={dayLabel(date, "UTC", locale)}
                onClick={() => {
                  setDay(date.getTime());
                  setSlot(null);
                }}
                className={cn(
                  "flex h-10 items-center justify-center rounded-md border text-dense tabular-nums transition-colors",
                  "hover:border-control disabled:border-transparent disabled:text-muted-foreground/60",
                  "aria-pressed:border-primary aria-pressed:bg-primary aria-pressed:text-primary-foreground",
                )}
              >
                {date.getUTCDate() === 1 ? dayAndMonthLabel(date, "UTC", locale) : date.getUTCDate()}
              </button>
            ))}
          </div>
          <label htmlFor={zoneId} className="mt-4 block text-dense text-muted-foreground">
            {t("landing_preview_zone")}
          </label>
          <Select
            value={zone}
            onValueChange={(next) => setZone(GUEST_ZONES.find((candidate) => candidate === next) ?? zone)}
          >
            <SelectTrigger id={zoneId} className="mt-1">
              {/* By name, since the list, and with it the name, is not there on the server. */}
              <SelectValue>{cityOf(zone)}</SelectValue>
            </SelectTrigger>
            <SelectContent>
              {GUEST_ZONES.map((candidate) => (
                <SelectItem key={candidate} value={candidate}>
                  {cityOf(candidate)}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </div>

        <div className="p-4">
          <p className="pb-2 font-medium text-dense">
            {day !== undefined && dayLabel(new Date(day), "UTC", locale)}
          </p>
          <div className="grid grid-cols-3 content-start gap-1.5 sm:min-h-[200px] sm:grid-cols-1">
            {slots.map((start) => (
              <button
                key={start.getTime()}
                type="button"
                aria-pressed={start.getTime() === slot}
                onClick={() => setSlot(start.getTime())}
                className={cn(
                  "h-8 rounded-md border font-medium text-dense tabular-nums transition-colors hover:border-control",
                  "aria-pressed:border-primary aria-pressed:bg-primary aria-pressed:text-primary-foreground",
                )}
              >
                {timeLabel(start, zone, locale)}
              </button>
            ))}
          </div>
        </div>
      </div>

      <p
        aria-live="polite"
        className="flex min-h-11 items-center border-t px-4 py-2 text-dense text-muted-foreground"
      >
        {slot === null
          ? t("landing_preview_hint")
          : t("landing_preview_choice", {
              guestTime: `${timeLabel(new Date(slot), zone, locale)}–${timeLabel(new Date(slot + DURATION_MS), zone, locale)}`,
              guestDay: dayLabel(new Date(slot), zone, locale),
              city: cityOf(zone),
              hostTime: timeLabel(new Date(slot), HOST_ZONE, locale),
            })}
      </p>
    </section>
  );
}

function cityOf(zone: string): string {
  return zone.slice(zone.indexOf("/") + 1).replaceAll("_", " ");
}

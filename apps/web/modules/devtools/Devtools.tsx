"use client";

import { ExperimentDevtools } from "@calcom/features/experiments/components/ExperimentDevtools";
import type { PreviewChoice } from "@calcom/features/experiments/server";
import { useEffect, useReducer, useState, useSyncExternalStore } from "react";
import { personOfSubject } from "../experiments/admin/paths";
import { deliveredExposures } from "../experiments/transport";
import { experimentsOfPage } from "./experiments-of-page";
import { onPageChange, partsOfPage } from "./page-registry";
import { fetchPreviewState } from "./preview-api";
import { keepPlace, readPlace, type ToolPlace } from "./tool-place";

interface DevtoolsProps {
  isRaised: boolean;
  isPending: boolean;
  onChoose: (slug: string, variant: string | null) => void;
}

/** Reports leave without telling anybody here. */
const LOOK_EVERY_MS = 500;

/** Joins the overlay to what the page around it shows. */
export default function Devtools(props: DevtoolsProps) {
  const [place, setPlace] = useState(readPlace);
  const [isOpen, setOpen] = useState(false);
  const parts = useSyncExternalStore(onPageChange, partsOfPage, partsOfPage);
  const [choices, setChoices] = useState<PreviewChoice[]>([]);
  useLookAgain(isOpen);
  const experiments = experimentsOfPage(parts, choices, deliveredExposures);
  const slugs = experiments.map(({ slug }) => slug).join("\n");

  // So that the tools are there on the next page too, prerendered or not.
  useEffect(() => keepPlace(place), [place]);

  useEffect(() => {
    if (!isOpen || slugs === "") return;
    let isCurrent = true;
    fetchPreviewState(slugs.split("\n"))
      .then((state) => isCurrent && setChoices(state.choices))
      // Without choices it still says what was decided.
      .catch(() => {});
    return () => {
      isCurrent = false;
    };
  }, [isOpen, slugs]);

  const open = (isOpenNow: boolean) => {
    setOpen(isOpenNow);
    if (isOpenNow) setPlace((before) => ({ ...before, isHidden: false }));
  };
  useShortcut(() => open(!isOpen));

  return (
    <ExperimentDevtools
      {...props}
      experiments={experiments}
      hrefOf={personOfSubject}
      isOpen={isOpen}
      onOpenChange={open}
      corner={place.corner}
      onMove={(corner) => setPlace((before: ToolPlace) => ({ ...before, corner }))}
      isHidden={place.isHidden}
      onHide={() => {
        setOpen(false);
        setPlace((before) => ({ ...before, isHidden: true }));
      }}
    />
  );
}

/** Alt+Shift+E, by the key's place: with Alt it writes other signs on many keyboards. */
function useShortcut(onPress: () => void) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.code !== "KeyE") return;
      event.preventDefault();
      onPress();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  });
}

function useLookAgain(isOpen: boolean) {
  const [, lookAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (!isOpen) return;
    const timer = setInterval(lookAgain, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isOpen]);
}

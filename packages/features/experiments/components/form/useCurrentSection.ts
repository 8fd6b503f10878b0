"use client";

import { useEffect, useState } from "react";

/** From here upwards, in parts of the window, a section is what somebody reads. */
const READ = 1 / 3;

/** The section that is read now: the last one that has come up to the upper part of the window. */
export function useCurrentSection<Section extends string>(
  sections: readonly Section[],
  idOf: (section: Section) => string,
): Section | undefined {
  const [current, setCurrent] = useState(sections[0]);
  useEffect(() => {
    const find = () => {
      const { scrollHeight } = document.documentElement;
      const isAtEnd = window.scrollY > 0 && window.scrollY + window.innerHeight >= scrollHeight - 1;
      const read = sections.filter((section) => {
        const top = document.getElementById(idOf(section))?.getBoundingClientRect().top;
        return top !== undefined && top <= window.innerHeight * READ;
      });
      setCurrent((isAtEnd ? sections : read).at(-1) ?? sections[0]);
    };
    window.addEventListener("scroll", find, { passive: true });
    window.addEventListener("resize", find);
    return () => {
      window.removeEventListener("scroll", find);
      window.removeEventListener("resize", find);
    };
  }, [sections, idOf]);
  return current;
}

/** Opens for all once so many have come. */
export function gate(count: number) {
  let open = () => {};
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  let come = 0;
  return {
    isOpen,
    pass() {
      if (++come === count) open();
      return isOpen;
    },
  };
}

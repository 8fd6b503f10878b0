/** 2³²: one past the largest hash. Boundaries are integers in 0..HASH_SPACE. */
export const HASH_SPACE = 2 ** 32;

/** A hash that has read a prefix: what is computed once per experiment and shared by all of its subjects. */
export interface HashState {
  readonly hash: number;
  /** The bytes since the last whole block of four, little-endian. */
  readonly pending: number;
  readonly pendingBits: number;
  readonly length: number;
}

const START: HashState = { hash: 0, pending: 0, pendingBits: 0, length: 0 };

/** Reads `text` and stops in the middle, so that any number of endings can follow. */
export function hashPrefix(text: string): HashState {
  return readBytes(START, text);
}

/**
 * MurmurHash3 x86_32 (Austin Appleby, public domain; seed 0) of the UTF-8 bytes of the prefix followed by
 * `text`: in 0..2³²−1, the same in every browser and on every server.
 */
export function hashFrom(prefix: HashState, text: string): number {
  let { hash, pending, pendingBits } = prefix;
  const { length } = text;
  let index = 0;
  // Reading characters is most of the work: everything else is done once for four of them.
  for (; index + 4 <= length; index += 4) {
    const first = text.charCodeAt(index);
    const second = text.charCodeAt(index + 1);
    const third = text.charCodeAt(index + 2);
    const fourth = text.charCodeAt(index + 3);
    if ((first | second | third | fourth) > 0x7f) return finish(readBytes(prefix, text));
    const block = first | (second << 8) | (third << 16) | (fourth << 24);
    hash = mixBlock(hash, pending | (block << pendingBits));
    // The bytes that did not fit; shifted in two steps, since a shift by 32 bits is one by none.
    pending = (block >>> 1) >>> (31 - pendingBits);
  }
  for (; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return finish(readBytes(prefix, text));
    pending |= code << pendingBits;
    pendingBits += 8;
    if (pendingBits === 32) {
      hash = mixBlock(hash, pending);
      pending = 0;
      pendingBits = 0;
    }
  }
  return finish({ hash, pending, pendingBits, length: prefix.length + length });
}

export function murmur3(text: string): number {
  return hashFrom(START, text);
}

/** Any text, a byte at a time: for prefixes, and for ids beyond ASCII. */
function readBytes(state: HashState, text: string): HashState {
  let { hash, pending, pendingBits } = state;
  const bytes = new TextEncoder().encode(text);
  for (const byte of bytes) {
    pending |= byte << pendingBits;
    pendingBits += 8;
    if (pendingBits === 32) {
      hash = mixBlock(hash, pending);
      pending = 0;
      pendingBits = 0;
    }
  }
  return { hash, pending, pendingBits, length: state.length + bytes.length };
}

function scramble(block: number): number {
  const scrambled = Math.imul(block, 0xcc9e2d51);
  return Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
}

function mixBlock(hash: number, block: number): number {
  const mixed = hash ^ scramble(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finish({ hash, pending, pendingBits, length }: HashState): number {
  let final = pendingBits > 0 ? hash ^ scramble(pending) : hash;
  final ^= length;
  final = Math.imul(final ^ (final >>> 16), 0x85ebca6b);
  final = Math.imul(final ^ (final >>> 13), 0xc2b2ae35);
  return (final ^ (final >>> 16)) >>> 0;
}

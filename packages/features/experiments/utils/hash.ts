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
  let { hash, pending, pendingBits } = START;
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
  return { hash, pending, pendingBits, length: bytes.length };
}

/**
 * MurmurHash3 x86_32 (Austin Appleby, public domain; seed 0) of the UTF-8 bytes of the prefix followed by
 * `text`: in 0..2³²−1, the same in every browser and on every server.
 */
export function hashFrom(prefix: HashState, text: string): number {
  let { hash, pending, pendingBits } = prefix;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return hashBytesFrom(prefix, new TextEncoder().encode(text));
    pending |= code << pendingBits;
    pendingBits += 8;
    if (pendingBits === 32) {
      hash = mixBlock(hash, pending);
      pending = 0;
      pendingBits = 0;
    }
  }
  return finish(hash, pending, pendingBits, prefix.length + text.length);
}

export function murmur3(text: string): number {
  return hashFrom(START, text);
}

function hashBytesFrom(prefix: HashState, bytes: Uint8Array): number {
  let { hash, pending, pendingBits } = prefix;
  for (const byte of bytes) {
    pending |= byte << pendingBits;
    pendingBits += 8;
    if (pendingBits === 32) {
      hash = mixBlock(hash, pending);
      pending = 0;
      pendingBits = 0;
    }
  }
  return finish(hash, pending, pendingBits, prefix.length + bytes.length);
}

function scramble(block: number): number {
  const scrambled = Math.imul(block, 0xcc9e2d51);
  return Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
}

function mixBlock(hash: number, block: number): number {
  const mixed = hash ^ scramble(block);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, pending: number, pendingBits: number, length: number): number {
  let final = pendingBits > 0 ? hash ^ scramble(pending) : hash;
  final ^= length;
  final = Math.imul(final ^ (final >>> 16), 0x85ebca6b);
  final = Math.imul(final ^ (final >>> 13), 0xc2b2ae35);
  return (final ^ (final >>> 16)) >>> 0;
}

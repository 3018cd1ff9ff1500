/** How unlike ordinary code a string is: the log-likelihood of its character bigrams, which beats entropy. */
import { bigrams } from './bigrams.ts';

const firstPrintable = 0x20;
const symbols = bigrams.length;
/** In quarter bits. */
const unseen = 40;

/** The table again, flat: row after row, in quarter bits. */
const quarterBits = Uint8Array.from(bigrams.join(''), (letter) => letter.charCodeAt(0) - 0x30 || unseen);

/** Mean surprise of a character given the one before, in bits: about 4 for code, 10 for random base64. */
export function surprise(text: string, start = 0, end = text.length): number {
  if (end - start < 2) return 0;
  let sum = 0;
  let from = text.charCodeAt(start) - firstPrintable;
  for (let i = start + 1; i < end; i++) {
    const to = text.charCodeAt(i) - firstPrintable;
    sum += from >= 0 && to >= 0 && from < symbols && to < symbols ? quarterBits[from * symbols + to] : unseen;
    from = to;
  }
  return sum / 4 / (end - start - 1);
}

/** Whether a string of 8 and more characters looks drawn at random: 1 of 1,000 words of code does, 19 of 20 keys. */
export function isRandom(text: string): boolean {
  return text.length >= 8 && surprise(text) >= (text.length < 12 ? 7.6 : 7);
}

export const pieceLength = 6;

const ordinaryMixed = (
  'sha1 sha224 sha256 sha384 sha512 md5 base16 base32 base64 base64url utf8 utf-8 utf16 utf32 int8 int16 int32 int64 ' +
  'uint8 uint16 uint32 uint64 uint8array float16 float32 float64 x86_64 amd64 arm64 win32 win64 linux64 http2 http/1.1 ' +
  'oauth2 es5 es6 es2015 es2016 es2017 es2018 es2019 es2020 es2021 es2022 es2023 es2024 ipv4 ipv6 mp3 mp4 h264 i18n ' +
  'l10n a11y k8s python2 python3 log4j rfc3339 iso8601 aes128 aes256 rsa2048 rsa4096 ed25519 secp256k1 us-east-1 ' +
  'us-east-2 us-west-1 us-west-2 eu-west-1 eu-central-1 ap-south-1 v1beta1'
).split(' ');

/** Whether a piece of `pieceLength` characters gives a value away: it does not stand in ordinary code. */
export function isRarePiece(piece: string): boolean {
  const letters = /[a-z]/i.test(piece);
  const digits = /\d/.test(piece);
  if ((piece.match(/[a-z\d]/gi)?.length ?? 0) < 4) return false;
  if (letters && digits) {
    const lower = piece.toLowerCase();
    return !ordinaryMixed.some((word) => word.includes(lower));
  }
  if (!letters) return !/^(?:0123456|123456|234567|345678|456789|567890|(\d)\1{5}|(?:19|20)\d\d\D\d)/.test(piece);
  return surprise(piece) >= 5.5;
}

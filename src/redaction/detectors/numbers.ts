/** Numbers given to people: by length, check digits and the ranges that are for fiction. */

const callingCode =
  /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-689]|3[578]|42|5[09]|6[789]|8[058]|9[679])\d)/;
/** 555-01xx in America, and the numbers that Ofcom keeps for drama. */
const fictional = /^(?:1?(?:\d{3})?555(?:01\d\d)|1?555\d{7}|(?:44|0)(?:1632960|7700900|2079460)\d{3})$/;

export function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '');
  if (value.startsWith('+')) {
    if (!callingCode.test(digits) || digits.length < 9 || digits.length > 15) return false;
    if (digits.startsWith('1') && digits.length !== 11) return false;
  } else if (digits.length < 9 || digits.length > 11) return false;
  return !fictional.test(digits) && !/0{6}|^(\d)\1+$|^1234567890?$/.test(digits);
}

/** An American number as it is written by hand. */
export function isAmericanPhone(value: string): boolean {
  return /^[2-9]\d\d[2-9]\d{6}$/.test(value.replace(/\D/g, '')) && isPhone(value);
}

export function isCard(value: string): boolean {
  const digits = value.replace(/\D/g, '');
  if (
    !/^(?:4\d{12}(?:\d{3}){0,2}|5[0-8]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|6\d{15}|35\d{14})$/.test(
      digits,
    )
  )
    return false;
  if (/^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 === 0;
}

/** Lengths by country, from the IBAN registry. */
const ibanLengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 ' +
    'GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 ' +
    'MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 ' +
    'TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
export const ibanCountries: readonly string[] = [...ibanLengths.keys()];

export function isIban(value: string): boolean {
  const text = value.replace(/[ -]/g, '').toUpperCase();
  if (text.length !== ibanLengths.get(text.slice(0, 2))) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}

/** As the Social Security Administration gives them, without those that stand in its own examples. */
export function isSsn(value: string): boolean {
  const [area, group, serial] = value.split(/\D/);
  if (area === '000' || area === '666' || area.startsWith('9') || group === '00' || serial === '0000') return false;
  return !['078-05-1120', '219-09-9999', '123-45-6789'].includes(`${area}-${group}-${serial}`);
}

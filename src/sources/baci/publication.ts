/** What all extracts of BACI share. */
export const folder = 'cepii-baci';

export const publication = {
  publisher: 'CEPII',
  licence: 'Etalab Open Licence 2.0',
  url: 'https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37',
  cadence: 'yearly, in January or February',
  folder,
} as const;

export const citation = (release: string) =>
  `CEPII BACI ${release}, based on UN Comtrade; Gaulier and Zignago (2010), CEPII working paper 2010-23`;

/** BACI counts thousands of USD; USD to the tenth of a cent, without the noise of the multiplication. */
export const usdOfThousands = (kusd: number): number => Math.round(kusd * 1e6) / 1e3;

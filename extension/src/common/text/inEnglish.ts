/**
 * Questions of other languages with the words that only ask put into English, which the rules for
 * questions know. What is asked about stays as it was typed: commits are in whatever language.
 */

import { withoutEnd } from "./withoutEnd.js";

/** How a language asks. All words are without marks: `zuletzt`, `geandert`, `derniere`. */
interface Asking {
  /** Words of which one is enough to know the language. */
  readonly sure: string;
  /** What is said in several words, before single ones are looked at. */
  readonly phrases: readonly (readonly [RegExp, string])[];
  /** `word=english`; several words for the same are parted by `|`. */
  readonly words: string;
}

const GERMAN: Asking = {
  sure: `wer wann warum wieso weshalb welche welcher welches letzte letzten letzter letztes zuletzt
    woche gestern vorgestern heute wurde wurden geandert anderungen gemacht neueste neuesten seit
    entfernt hinzugefugt veroffentlicht zwischen datei dateien zeig zeige`,
  phrases: [
    [/\bvor (\w+) (tag|woche|monat|jahr)(?:e|en|n)?\b/g, "$1 $2 ago"],
    [/\bnicht mehr\b/g, "no longer"],
    [/\bwie viele\b/g, "how many"],
    [/\bgibt es\b/g, "is there"],
  ],
  words: `wer=who wann=when warum|wieso|weshalb=why was=what wie=how wo=where
    welche|welcher|welches|welchen=which hat|habe|haben=has wurde|wurden|war|waren=was ist|sind=is
    neu|neues=new ich=I mein|meine|meinen|meiner=my wir=we unsere=our mir=me sich|es|denn|bitte=
    der|die|das|den|dem|des=the ein|eine|einen|einer=a im=in an=to am=on auf=on von|vom=by aus=from
    fur=for uber=about mit=with seit=since vor=before nach=after bis=until zwischen=between und=and
    oder=or letzte|letzten|letzter|letztes|letztem|vorige|vorigen|zuletzt=last
    diese|dieser|dieses|diesen|diesem=this woche=week wochen=weeks tag=day tage|tagen=days
    monat=month monate|monaten=months jahr=year jahre|jahren=years gestern=yesterday heute=today
    montag=Monday dienstag=Tuesday mittwoch=Wednesday donnerstag=Thursday freitag=Friday
    samstag=Saturday sonntag=Sunday januar=January februar=February marz=March mai=May juni=June
    juli=July oktober=October dezember=December erste|ersten|erster|erstes|zuerst=first
    neueste|neuesten|neuester|neuestes=latest kurzlich=recently anderung=change anderungen=changes
    geandert|bearbeitet=changed gemacht|getan=done passiert|geschehen=happened
    hinzugefugt=added eingefuhrt=introduced entfernt=removed geloscht=deleted umbenannt=renamed
    verschoben=moved ersetzt=replaced behoben|repariert=fixed veroffentlicht=released
    datei=file dateien=files fehler=bugs entscheidungen=decisions entschieden=decided
    zeig|zeige=show alle|alles=all liste=list gearbeitet=worked arbeit=work
    geschichte|verlauf=history zusammen=together meisten=most oft=often noch=still sitzung=session
    zwei=2 drei=3 vier=4`,
};

const FRENCH: Asking = {
  sure: `qui pourquoi quand quel quelle quels quelles modifie dernier derniere derniers dernieres
    semaine hier depuis fichier fichiers changements changé ajoute supprime hier aujourd'hui combien`,
  phrases: [
    [/\bqu'est-ce (?:qui|que|qu')\s?/g, "what "],
    [
      /\b(semaine|mois|annee|lundi|mardi|mercredi|jeudi|vendredi) (?:derniere?|passee?)\b/g,
      "last $1",
    ],
    [/\bil y a (\w+) (jour|semaine|mois|an)s?\b/g, "$1 $2 ago"],
    [/\ben derniere?\b/g, "last"],
    [/\ba-t-on\b/g, "did we"],
    [/\bj'ai\b/g, "I did"],
    [/\b[ld]'/g, "the "],
  ],
  words: `qui=who pourquoi=why quand=when que|quoi=what quel|quelle|quels|quelles=which comment=how
    ou=where combien=how_many a|ont=has est|sont=is etait=was ete=been modifie|change|changes=changed
    ajoute|ajoutee=added supprime|supprimee|enleve|retire=removed renomme=renamed deplace=moved
    corrige=fixed introduit=introduced remplace=replaced abandonne=dropped publie|publiee=released
    fait=done dernier|derniere|derniers|dernieres=last semaine=week semaines=weeks mois=month
    annee|an=year ans=years jour=day jours=days hier=yesterday depuis=since avant=before apres=after
    entre=between et=and le|la|les=the un|une=a de|du|des=of par=by dans|en=in sur=on avec=with
    fichier=file fichiers=files changements|modifications=changes mes|mon|ma=my je=I nous|on=we
    montre|montrez=show tous|toutes|tout=all ce|cette|cet=this janvier=January fevrier=February
    mars=March avril=April mai=May juin=June juillet=July aout=August septembre=September
    octobre=October novembre=November decembre=December lundi=Monday mardi=Tuesday
    mercredi=Wednesday jeudi=Thursday vendredi=Friday ensemble=together premier|premiere=first
    deux=2 trois=3`,
};

const SPANISH: Asking = {
  sure: `quien quienes cuando cual cuales cambio cambios ultima ultimo ultimos ultimas semana ayer
    desde archivo archivos elimino agrego publico cuantos muestrame`,
  phrases: [
    [/\bpor que\b/g, "why"],
    [/\bpor ultima vez\b/g, "last"],
    [/\b(semana|mes|ano|lunes|martes|jueves|viernes) pasad[oa]\b/g, "last $1"],
    [/\bhace (\w+) (dia|semana|mes|ano)(?:e?s)?\b/g, "$1 $2 ago"],
  ],
  words: `quien|quienes=who cuando=when que=what cual|cuales=which como=how donde=where cuantos=how_many
    cambio|cambiado|modifico|modificado=changed elimino|quito|eliminado=removed
    anadio|agrego|agregado=added renombro=renamed movio=moved corrigio|arreglo=fixed
    reemplazo=replaced publico=released se|lo= fue|era=was es|son=is ha|han=has
    ultima|ultimo|ultimas|ultimos=last semana=week semanas=weeks mes=month meses=months ano=year
    anos=years dia=day dias=days ayer=yesterday hoy=today desde=since antes=before despues=after
    entre=between y=and el|la|los|las=the un|una=a de|del=of en=in por=by con=with archivo=file
    archivos=files cambios=changes mi|mis=my yo=I hice=did hicimos=did muestra|muestrame=show
    todos|todas|todo=all esta|este=this enero=January febrero=February marzo=March abril=April
    mayo=May junio=June julio=July agosto=August septiembre=September octubre=October
    noviembre=November diciembre=December lunes=Monday martes=Tuesday miercoles=Wednesday
    jueves=Thursday viernes=Friday juntos=together primer|primero|primera=first dos=2 tres=3`,
};

const LANGUAGES = [GERMAN, FRENCH, SPANISH].map(({ sure, phrases, words }) => ({
  sure: new Set(sure.split(/\s+/)),
  phrases,
  words: new Map(
    words.split(/\s+/).flatMap((entry) => {
      const [names = "", english = ""] = entry.split("=");
      return names.split("|").map((name) => [name, english.replace("_", " ")] as const);
    }),
  ),
}));

/** Units that phrases leave for the words of their language. */
const UNITS: Readonly<Record<string, string>> = {
  ...{ tag: "days", woche: "weeks", monat: "months", jahr: "years" },
  ...{ jour: "days", semaine: "weeks", mois: "months", an: "years" },
  ...{ dia: "days", semana: "weeks", mes: "months", ano: "years" },
};

/** Longest question that is looked at; longer texts are no questions. */
const MAX_LENGTH = 300;

/** The question in English as far as it only asks; `undefined` if it is in no language that is known. */
export function inEnglish(question: string): string | undefined {
  if (question.length > MAX_LENGTH) return undefined;
  const chunks = question.split(/\s+/).filter((chunk) => chunk !== "");
  const language = LANGUAGES.find(({ sure }) => chunks.some((chunk) => sure.has(bare(chunk))));
  if (language === undefined) return undefined;
  // Phrases are found in what is typed without its marks, chunk by chunk of the same number.
  let text = chunks.map((chunk) => (isName(chunk) ? chunk : plain(chunk))).join(" ");
  for (const [phrase, english] of language.phrases) text = text.replace(phrase, english);
  text = text.replace(/\b(\w+) ago\b/g, (_, unit: string) => `${UNITS[unit] ?? unit} ago`);
  // What is no word of the language stands as it was typed.
  const typed = new Map(chunks.map((chunk) => [plain(chunk), chunk]));
  return text
    .split(" ")
    .map((chunk) => {
      const english = language.words.get(bare(chunk));
      if (english === undefined) return typed.get(chunk) ?? chunk;
      return english + chunk.slice(withoutEnd(chunk, "?!.,:").length);
    })
    .filter((chunk) => chunk !== "")
    .join(" ");
}

/** In small letters and without marks. */
function plain(chunk: string): string {
  return chunk
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[¿¡]/g, "")
    .replace("’", "'")
    .toLowerCase();
}

/** Without the signs around it, too. */
function bare(chunk: string): string {
  return isName(chunk) ? "" : withoutEnd(plain(chunk), '?!.,:;)"”').replace(/^[("“]+/, "");
}

/** Whether a chunk is a path, a version, a call or a part of the query language. */
function isName(chunk: string): boolean {
  return /[/\\_(){}[\]"`#@:]\S|\d|\w\.\w|^[+-]/.test(chunk);
}

import { textString } from './pdf-file.js';

/** Who made the file, as the file itself says it. */
const MAKER = 'Maharat';

/** The dictionary of the file's title and date. Its metadata say the same, or the file is not PDF/A. */
export function infoOf(title: string, drawnAt: Date): string {
  const at = `(D:${drawnAt.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z)`;
  return `<</Title${textString(title)}/Creator(${MAKER})/Producer(${MAKER})/CreationDate${at}/ModDate${at}>>`;
}

/** The metadata of the file (XMP): title, date, language, and the marks of PDF/A-3b and PDF/UA. UTF-8 in a latin1 text. */
export function metadataOf(title: string, drawnAt: Date): string {
  const at = `${drawnAt.toISOString().slice(0, 19)}Z`;
  return BEFORE_TITLE + latin1(escaped(title)) + AFTER_TITLE + at + BETWEEN_DATES + at + AFTER_DATES;
}

const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
const escaped = (text: string) =>
  text
    // What XML cannot say at all.
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const AIIM = 'http://www.aiim.org';

const BEFORE_TITLE = latin1(
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${RDF}">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="${AIIM}/pdfa/ns/id/" xmlns:pdfuaid="${AIIM}/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`,
);
const AFTER_TITLE = `</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>fa-IR</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>${MAKER}</xmp:CreatorTool><pdf:Producer>${MAKER}</pdf:Producer>
<xmp:CreateDate>`;
const BETWEEN_DATES = '</xmp:CreateDate><xmp:ModifyDate>';
/** PDF/UA's own mark is not among those that PDF/A knows: its schema is told. */
const AFTER_DATES = `</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="${AIIM}/pdfa/ns/extension/" xmlns:pdfaSchema="${AIIM}/pdfa/ns/schema#" xmlns:pdfaProperty="${AIIM}/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>${AIIM}/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>the part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;

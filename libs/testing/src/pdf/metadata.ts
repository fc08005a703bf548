import { SaxesParser } from 'saxes';

/** The properties that the metadata of a file (XMP) say, by their name with its usual prefix: `dc:title`, `pdfaid:part`. */
export function metadataOf(packet: string): Map<string, string> {
  const properties = new Map<string, string>();
  const path: string[] = [];
  let words = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(name);
    words = '';
    if (name !== 'rdf:Description') return;
    for (const { name: key, value } of Object.values(attributes))
      if (!key.startsWith('xmlns')) properties.set(key, value);
  });
  parser.on('text', (text) => (words += text));
  parser.on('closetag', ({ name }) => {
    // A list of one is what it holds.
    const property = path.findLast((each) => !/^(rdf|x):/.test(each));
    if (property && words.trim()) properties.set(property, words.trim());
    if (name === 'pdfaSchema:prefix') properties.set(`schema ${words.trim()}`, 'told');
    path.pop();
    words = '';
  });
  parser.write(packet).close();
  return properties;
}

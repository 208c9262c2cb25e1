<?xml version="1.0" encoding="UTF-8"?>
<!-- What one who cites the text needs: a reference in the formats of reference managers, and the
     same in the head of the page, where they look for it. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:variable name="is-letter" as="xs:boolean"
                select="exists(/TEI/text//div[@type = 'letter'])
                        or exists(/TEI/teiHeader/profileDesc/correspDesc)"/>

  <!-- When the text was made, as the calendar has it; else when it was published. -->
  <xsl:variable name="issued" as="xs:string"
                select="f:first-time((f:beginning($creation), $publication/date/@when,
                                      $edition-date))"/>

  <!-- The end of the time it may be of, where that is no day, month or year. -->
  <xsl:variable name="issued-until" as="xs:string"
                select="f:first-time($creation[(@notBefore, @from) = $issued]/(@notAfter, @to))"/>

  <xsl:variable name="issued-whole" as="xs:string"
                select="string-join(($issued, $issued-until[.]), '/')"/>

  <!-- Most formats know no year before our era. -->
  <xsl:variable name="issued-ours" as="xs:string" select="$issued[not(starts-with(., '-'))] || ''"/>

  <!-- The number by which the edition is found for ever, if it has one. -->
  <xsl:variable name="doi" as="xs:string" select="string(
      ($publication//idno ! replace(normalize-space(), '^(https?://(dx\.)?doi\.org/|doi:)', '', 'i'))
      [matches(., '^10\.[0-9]{4,9}/\S+$')][1])"/>

  <xsl:variable name="publishers" as="xs:string*"
                select="$publication/(publisher | distributor | authority) ! f:known(.)"/>

  <!-- The address of the page: what we are told, else what the TEI says. -->
  <xsl:variable name="own-address" as="xs:string"
                select="string(($address, $publication/ptr/@target ! string(),
                                $publication//idno ! normalize-space())[f:is-address(.)][1])"/>

  <!-- A person as a catalogue has it, surname first, where a register tells which it is. -->
  <xsl:function name="f:catalogued" as="xs:string?">
    <xsl:param name="person" as="element()"/>
    <xsl:variable name="entry" as="element()?"
                  select="f:targets($person/descendant-or-self::*/@ref[1])[self::person][1]"/>
    <xsl:sequence select="f:known($person)
                          ! ($entry[f:main-name(.)/surname] ! f:label(.), .)[1]"/>
  </xsl:function>

  <xsl:variable name="catalogued-authors" as="xs:string*"
                select="$statement/author ! f:persons(.) ! f:catalogued(.)"/>

  <xsl:variable name="catalogued-translators" as="xs:string*"
                select="$statement/editor[@role = 'translator'] ! f:persons(.) ! f:catalogued(.)"/>

  <xsl:variable name="recipients" as="xs:string*"
                select="/TEI/teiHeader/profileDesc/correspDesc/correspAction[@type = 'received']
                        /(persName | orgName | name) ! f:catalogued(.)"/>

  <!-- A word by which the reference is called: the author's surname, the time, the title. -->
  <xsl:variable name="cite-key" as="xs:string">
    <xsl:variable name="words" as="xs:string*" select="
        $catalogued-authors[1] ! replace(., ',.*$', '') ! replace(., '^.*\s', ''),
        $issued, tokenize($title)[1]"/>
    <xsl:variable name="plain" as="xs:string*"
                  select="$words ! normalize-unicode(., 'NFD') ! lower-case(.)
                          ! replace(., '[^a-z0-9-]', '') ! replace(., '^-+', '')"/>
    <xsl:sequence select="(string-join($plain[.], '-')[.], 'text')[1]"/>
  </xsl:variable>

  <!-- A reference as a list of lines. -->
  <xsl:variable name="bibtex" as="xs:string">
    <xsl:variable name="fields" as="xs:string*" select="
        f:bibtex('author', string-join($catalogued-authors ! f:braced(.), ' and ')),
        f:bibtex('title', '{' || f:escaped($title) || '}'),
        f:bibtex('translator', string-join($catalogued-translators ! f:braced(.), ' and ')),
        f:bibtex('date', $issued-whole),
        f:bibtex('publisher', f:escaped(string-join($publishers, ', '))),
        f:bibtex('doi', replace($doi, '[{}\\]', '')),
        f:bibtex('url', $own-address ! replace(., '[{}\\]', '')),
        f:bibtex('langid', f:escaped($text-language))"/>
    <xsl:sequence select="'@misc{' || $cite-key || ',&#10;' || string-join($fields, ',&#10;')
                          || '&#10;}'"/>
  </xsl:variable>

  <xsl:function name="f:bibtex" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="('  ' || $name || ' = {' || $value || '}')[not($value = ('', '{}'))]"/>
  </xsl:function>

  <!-- A name without a comma is not to be taken apart. -->
  <xsl:function name="f:braced" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="if (contains($name, ',')) then f:escaped($name)
                          else '{' || f:escaped($name) || '}'"/>
  </xsl:function>

  <xsl:function name="f:escaped" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:sequence select="replace($words, '[{}\\]', '') => replace('([&amp;%$#_])', '\\$1')"/>
  </xsl:function>

  <xsl:variable name="ris" as="xs:string" select="string-join((
      'TY  - ' || (if ($is-letter) then 'PCOMM' else 'GEN'),
      $catalogued-authors ! ('AU  - ' || .), $recipients ! ('A2  - ' || .),
      $catalogued-translators ! ('A4  - ' || .),
      'TI  - ' || $title,
      tokenize($issued-ours, '-')[.][1] ! ('PY  - ' || .),
      $issued-ours[.][not($issued-until)] ! ('DA  - ' || replace(., '-', '/')),
      $publishers ! ('PB  - ' || .), 'LA  - ' || $text-language,
      $doi[.] ! ('DO  - ' || .), $own-address[.] ! ('UR  - ' || .), 'ER  - '), '&#10;')"/>

  <!-- A date as CSL has it: year, month, day; a year before our era counts down. -->
  <xsl:function name="f:date-parts" as="array(*)">
    <xsl:param name="time" as="xs:string"/>
    <xsl:variable name="sign" as="xs:integer" select="if (starts-with($time, '-')) then -1 else 1"/>
    <xsl:variable name="parts" as="xs:integer*" select="tokenize($time, '-')[.] ! xs:integer(.)"/>
    <xsl:sequence select="array { $sign * head($parts), tail($parts) }"/>
  </xsl:function>

  <!-- A person in CSL-JSON. -->
  <xsl:function name="f:csl-name" as="map(*)">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="if (contains($name, ', '))
        then map { 'family': substring-before($name, ', '), 'given': substring-after($name, ', ') }
        else map { 'literal': $name }"/>
  </xsl:function>

  <xsl:variable name="csl" as="xs:string" select="f:json(array { f:filled(map {
      'id': $cite-key, 'title': $title, 'language': $text-language,
      'type': if ($is-letter) then 'personal_communication' else 'document',
      'author': array { $catalogued-authors ! f:csl-name(.) },
      'translator': array { $catalogued-translators ! f:csl-name(.) },
      'recipient': array { $recipients ! f:csl-name(.) },
      'issued': map { 'date-parts': array { ($issued, $issued-until)[.] ! f:date-parts(.) } }[$issued],
      'DOI': $doi,
      'publisher': string-join($publishers, ', '), 'URL': $own-address }) })"/>

  <!-- What machines that read the page are told of it (schema.org). -->
  <xsl:variable name="json-ld" as="xs:string" select="f:json(f:filled(map {
      '@context': 'https://schema.org', '@type': if ($is-letter) then 'Message' else 'CreativeWork',
      'name': $title, 'inLanguage': $text-language, 'dateCreated': $issued,
      'dateModified': string($edition-date), 'url': $own-address,
      'author': array { $authors ! map { '@type': 'Person', 'name': . } },
      'translator': array { $translators ! map { '@type': 'Person', 'name': . } },
      'publisher': array { $publishers ! map { '@type': 'Organization', 'name': . } },
      'license': array { $publication/availability/licence/@target[f:is-address(.)] ! string() } }))"/>

  <!-- A map without what is empty. -->
  <xsl:function name="f:filled" as="map(*)">
    <xsl:param name="facts" as="map(*)"/>
    <xsl:map>
      <xsl:for-each select="sort(map:keys($facts))">
        <xsl:variable name="value" as="item()*" select="$facts(.)"/>
        <xsl:if test="if ($value instance of array(*)) then array:size($value) gt 0
                      else if ($value instance of map(*)) then true()
                      else $value != ''" xmlns:array="http://www.w3.org/2005/xpath-functions/array">
          <xsl:map-entry key="." select="$value"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:map>
  </xsl:function>

  <!-- JSON that no element of HTML can be hidden in. -->
  <xsl:function name="f:json" as="xs:string">
    <xsl:param name="value" as="item()"/>
    <xsl:sequence select="serialize($value, map { 'method': 'json' })
                          => replace('\\/', '/') => replace('&lt;', '\\u003c')"/>
  </xsl:function>

  <xsl:template name="html-metadata">
    <xsl:for-each select="$authors">
      <meta name="author" content="{.}"/>
    </xsl:for-each>
    <xsl:sequence select="f:meta('DC.title', $title), $authors ! f:meta('DC.creator', .),
        $translators ! f:meta('DC.contributor', .), f:meta('DC.date', $issued-whole),
        f:meta('DC.language', $text-language), $publishers ! f:meta('DC.publisher', .),
        f:meta('DC.identifier', ($doi[.] ! ('https://doi.org/' || .), $own-address)[1]),
        $publication/availability/licence/@target[f:is-address(.)] ! f:meta('DC.rights', .),
        f:meta('dcterms.modified', $edition-date),
        f:meta('citation_title', $title),
        $catalogued-authors ! f:meta('citation_author', .),
        f:meta('citation_publication_date', replace($issued-ours, '-', '/')),
        f:meta('citation_doi', $doi),
        f:meta('citation_language', $text-language),
        $publishers ! f:meta('citation_publisher', .),
        f:meta('citation_public_url', $own-address)"/>
    <xsl:for-each select="tokenize($files, '\n')[ends-with(., '.xml')]">
      <link rel="alternate" type="application/tei+xml" href="{encode-for-uri(.)}"/>
    </xsl:for-each>
    <script type="application/ld+json">{$json-ld}</script>
  </xsl:template>

  <xsl:function name="f:meta" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="content" as="xs:string?"/>
    <xsl:if test="$content">
      <meta name="{$name}" content="{$content}"/>
    </xsl:if>
  </xsl:function>

  <xsl:template name="html-references">
    <details class="references">
      <summary>{f:say('formats-cite')}</summary>
      <xsl:for-each select="map { 'name': 'BibTeX', 'text': $bibtex },
                            map { 'name': 'RIS', 'text': $ris },
                            map { 'name': 'CSL-JSON', 'text': $csl }">
        <h4>{?name}</h4>
        <pre tabindex="0" class="{lower-case(?name)}" role="region" aria-label="{?name}">{?text}</pre>
      </xsl:for-each>
    </details>
  </xsl:template>

  <!-- The same text in other formats. -->
  <xsl:template name="html-files">
    <xsl:if test="$files">
      <h3>{f:say('files')}</h3>
      <ul class="files">
        <xsl:for-each select="tokenize($files, '\n')">
          <li>
            <a href="{encode-for-uri(.)}">{f:format-name(.)}</a>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:format-name" as="xs:string">
    <xsl:param name="file" as="xs:string"/>
    <xsl:variable name="ending" as="xs:string" select="replace($file, '^.*\.', '')"/>
    <xsl:sequence select="if ($ending = 'xml') then 'TEI' else upper-case($ending)"/>
  </xsl:function>
</xsl:stylesheet>

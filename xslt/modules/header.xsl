<?xml version="1.0" encoding="UTF-8"?>
<!-- What the header tells: a list of facts, gathered once and shown twice. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:variable name="file-description" as="element()?" select="(/TEI/teiHeader/fileDesc)[1]"/>
  <xsl:variable name="statement" as="element()?" select="$file-description/titleStmt[1]"/>
  <xsl:variable name="publication" as="element()?" select="$file-description/publicationStmt[1]"/>

  <xsl:variable name="title" as="xs:string"
                select="(string-join((f:label($main-title), $subtitles ! f:label(.))[.], ': ')[.],
                         f:label((//text//head)[1])[.], f:say('untitled'))[1]"/>

  <xsl:variable name="main-title" as="element()?"
                select="($statement/title[@type = 'main'], $statement/title)[1]"/>

  <xsl:variable name="subtitles" as="element()*"
                select="($statement/title except $main-title)[@type = 'sub']"/>

  <xsl:variable name="authors" as="xs:string*"
                select="$statement/author ! f:persons(.) ! f:known(.)"/>

  <xsl:variable name="translators" as="xs:string*"
                select="$statement/editor[@role = 'translator'] ! f:persons(.) ! f:known(.)"/>

  <!-- Several in one statement are as many persons. -->
  <xsl:function name="f:persons" as="element()+">
    <xsl:param name="statement" as="element()"/>
    <xsl:variable name="names" as="element()*" select="$statement/(persName | orgName | name)"/>
    <xsl:sequence select="if (exists(tail($names))) then $names else $statement"/>
  </xsl:function>

  <!-- The day of this edition: its last revision, or its publication. -->
  <xsl:variable name="edition-date" as="xs:string?"
                select="(sort(/TEI/teiHeader/revisionDesc//change/@when ! string())[last()],
                         $publication/date/@when ! string())[1]"/>

  <!-- A book must bear a date, and the same text the same one: never the clock's. -->
  <xsl:function name="f:first-day" as="xs:date">
    <xsl:sequence select="($edition-date, $fallback-date, $no-day) ! f:day(.) => head()"/>
  </xsl:function>

  <!-- The day that a date begins: `1928-10` is the first of October. -->
  <xsl:function name="f:day" as="xs:date?">
    <xsl:param name="date" as="xs:string"/>
    <xsl:variable name="whole" as="xs:string"
                  select="substring($date || substring('0000-01-01', string-length($date) + 1),
                                    1, 10)"/>
    <xsl:sequence select="if ($whole castable as xs:date) then xs:date($whole) else ()"/>
  </xsl:function>

  <!-- When the text itself was made. -->
  <xsl:variable name="creation" as="element()*" select="/TEI/teiHeader/profileDesc/creation/date"/>

  <xsl:variable name="creation-date" as="xs:string" select="f:date($creation[1])"/>

  <!-- A name, unless it says that there is none. -->
  <xsl:function name="f:known" as="xs:string?">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="normalize-space($element)[. and lower-case(.) != 'unknown']"/>
  </xsl:function>

  <!-- The same, with the interface's word for `unknown`. -->
  <xsl:function name="f:named" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="(f:known($element), f:say('unknown'))[1]"/>
  </xsl:function>

  <!-- A fact: its label, the value, its kind (`text`, `code`, or the address it leads to), and the
       element it comes from, which knows its language. -->
  <xsl:function name="f:fact" as="element(f:fact)?">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="origin" as="element()?"/>
    <xsl:if test="normalize-space($value)">
      <f:fact label="{$label}" kind="{$kind}" lang="{f:language-of($origin)}">
        <xsl:value-of select="normalize-space($value)"/>
      </f:fact>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:fact" as="element(f:fact)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="f:fact(f:say($key), $value, 'text', ())"/>
  </xsl:function>

  <xsl:function name="f:language-of" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:sequence select="string(($element/ancestor-or-self::*/@xml:lang)[last()])"/>
  </xsl:function>

  <!-- All facts, the weightiest first. -->
  <xsl:variable name="facts" as="element(f:fact)*">
    <xsl:sequence select="$authors ! f:fact('author', .)"/>
    <xsl:sequence select="$translators ! f:fact('translator', .)"/>
    <xsl:sequence select="$statement/editor[not(@role = 'translator')]
                          ! f:persons(.) ! f:fact('editor', f:named(.))"/>
    <xsl:apply-templates mode="m:facts" select="/TEI/teiHeader/profileDesc/creation,
        /TEI/teiHeader/profileDesc/correspDesc/correspAction, $statement/respStmt,
        $file-description/editionStmt/edition, $publication/(publisher | distributor | authority),
        $publication/(date, idno, ptr, availability),
        $file-description/sourceDesc//bibl,
        /TEI/teiHeader/encodingDesc/(projectDesc | editorialDecl/*),
        /TEI/teiHeader/encodingDesc/appInfo/application, /TEI/text//(choice | app)"/>
  </xsl:variable>

  <!-- What do you tell? -->
  <xsl:mode name="m:facts" on-no-match="shallow-skip"/>

  <xsl:template match="creation" mode="m:facts">
    <xsl:sequence select="f:fact('written', string-join((f:date(date[1])[.],
                                 placeName ! normalize-space(.)), ', '))"/>
  </xsl:template>

  <xsl:template match="correspAction[@type = ('sent', 'received')]" mode="m:facts">
    <xsl:sequence select="f:fact(string(@type), string-join(
        (persName | orgName | name | placeName) ! f:named(.), ', '))"/>
  </xsl:template>

  <xsl:template match="respStmt" mode="m:facts">
    <xsl:sequence select="f:fact(f:say(normalize-space(string-join(resp, '; '))),
        string-join((name | persName | orgName) ! f:named(.), ', '), 'text', ())"/>
  </xsl:template>

  <xsl:template match="edition" mode="m:facts">
    <xsl:sequence select="f:fact(f:say('edition'), string(.), 'text', .)"/>
  </xsl:template>

  <xsl:template match="publisher | distributor | authority" mode="m:facts">
    <xsl:sequence select="f:fact('publisher', f:named(.))"/>
  </xsl:template>

  <xsl:template match="publicationStmt/date" mode="m:facts">
    <xsl:sequence select="f:fact('published', (f:date(.)[lower-case(.) != 'unknown'], f:say('unknown'))[1])"/>
  </xsl:template>

  <xsl:template match="publicationStmt/idno" mode="m:facts">
    <xsl:sequence select="f:fact((@type, f:say('identifier'))[1], string(.),
                                 f:kind(normalize-space()), ())"/>
  </xsl:template>

  <xsl:template match="availability" mode="m:facts">
    <xsl:if test="@status or empty(licence)">
      <xsl:sequence select="f:fact('availability', f:say('status-' || (@status, 'unknown')[1]))"/>
    </xsl:if>
    <xsl:for-each select="p | licence">
      <xsl:sequence select="f:fact(f:say('licence'), string(.), f:kind(string(@target)), .)"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="publicationStmt/ptr" mode="m:facts">
    <xsl:sequence select="f:fact(f:say('address'), @target, f:kind(@target), ())"/>
  </xsl:template>

  <xsl:function name="f:kind" as="xs:string">
    <xsl:param name="value" as="xs:string"/>
    <xsl:sequence select="($value[f:is-address(.)], 'text')[1]"/>
  </xsl:function>

  <!-- The layers of the source: the file, what it was taken from, the original. -->
  <xsl:template match="bibl" mode="m:facts">
    <xsl:variable name="layer" as="xs:string"
                  select="if (ancestor::relatedItem) then 'original'
                          else if (idno[@type = 'sha256']) then 'source-file' else 'source'"/>
    <xsl:variable name="words" as="xs:string*"
                  select="(author | title | textLang | publisher | pubPlace | date
                           | idno[not(@type = 'sha256')]) ! (f:known(.), @when)[1]"/>
    <xsl:sequence select="f:fact(f:say($layer), string-join($words, ', '), 'text', title[1])"/>
    <xsl:sequence select="f:fact(f:say('checksum'), idno[@type = 'sha256'], 'code', ())"/>
    <xsl:sequence select="f:fact(f:say('remark'), string-join(note, ' '), 'text', note[1])"/>
    <xsl:sequence select="ref/@target ! f:fact(f:say('address'), ., f:kind(.), ())"/>
  </xsl:template>

  <xsl:template match="projectDesc | editorialDecl/*" mode="m:facts">
    <xsl:sequence select="f:fact(f:say('policy-' || local-name()), string(.), 'text', .)"/>
  </xsl:template>

  <xsl:template match="application" mode="m:facts">
    <xsl:sequence select="f:fact('program', string-join((@ident, @version), ' '))"/>
  </xsl:template>

  <!-- What is read in the text, and what the source has: told once more where nothing can be shown on
       demand. -->
  <xsl:template match="choice" mode="m:facts">
    <xsl:variable name="read" as="element()?" select="f:reading(.)"/>
    <xsl:sequence select="f:fact('readings', string-join((* except $read) ! f:label(.), ', ')
        || ' → ' || f:label($read) || f:on-page(.))"/>
  </xsl:template>

  <xsl:template match="app" mode="m:facts">
    <xsl:sequence select="f:fact('variants', f:label(.) || '] ' || f:variants(.) || f:on-page(.))"/>
  </xsl:template>

  <xsl:function name="f:on-page" as="xs:string?">
    <xsl:param name="place" as="element()"/>
    <xsl:sequence select="f:page($place)[.] ! (' (' || f:say('page') || ' ' || . || ')')"/>
  </xsl:function>

  <!-- How to cite this: author, title, date; translator; edition, publisher, date. -->
  <xsl:variable name="citation" as="xs:string">
    <xsl:variable name="parts" as="xs:string*" select="
        string-join((string-join($authors, ', ')[.], $title), ': ')
            || $creation-date[.] ! (' (' || . || ')'),
        f:say('translated-by', string-join($translators, ', '))[exists($translators)],
        string-join(($file-description/editionStmt/edition ! normalize-space(),
                     $publication/(publisher | distributor | authority) ! f:known(.),
                     $edition-date), ', ')[.]"/>
    <xsl:sequence select="string-join($parts ! replace(., '\.$', ''), '. ') || '.'"/>
  </xsl:variable>

  <xsl:template name="html-about">
    <section class="about" aria-labelledby="~about">
      <h2 id="~about">{f:say('about')}</h2>
      <div class="cite">
        <h3>{f:say('cite')}</h3>
        <p>{$citation}</p>
        <xsl:call-template name="html-references"/>
      </div>
      <xsl:call-template name="html-files"/>
      <dl>
        <xsl:for-each-group select="$facts" group-adjacent="string(@label)">
          <div>
            <dt>{current-grouping-key()}</dt>
            <xsl:apply-templates select="current-group()" mode="m:html-about"/>
          </div>
        </xsl:for-each-group>
      </dl>
    </section>
  </xsl:template>

  <xsl:template match="f:fact" mode="m:html-about">
    <dd>
      <xsl:if test="not(@lang = ('', $language))">
        <xsl:attribute name="lang" select="@lang"/>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="f:is-address(@kind)">
          <a href="{@kind}">{.}</a>
        </xsl:when>
        <xsl:when test="@kind = 'code'">
          <code>{.}</code>
        </xsl:when>
        <xsl:otherwise>{.}</xsl:otherwise>
      </xsl:choose>
    </dd>
  </xsl:template>

  <xsl:template name="typst-about">
    <xsl:value-of select="'colophon(' || f:literal(f:say('colophon')) || ', '
        || f:literal(f:say('cite')) || ', ' || f:literal($citation) || ', (&#10;'"/>
    <xsl:apply-templates select="$facts" mode="m:typst-about"/>
    <xsl:value-of select="'))&#10;'"/>
  </xsl:template>

  <xsl:template match="f:fact" mode="m:typst-about">
    <xsl:value-of select="'(', f:argument('label', @label), f:argument('kind', @kind),
        f:argument('lang', f:language-code(@lang)), f:argument('value', .), '),&#10;'"
        separator=""/>
  </xsl:template>
</xsl:stylesheet>

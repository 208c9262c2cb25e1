<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes: the callout in the text, the note in its list or at the foot, the way back. -->
<xsl:stylesheet version="3.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:f="urn:tei-encoder:function"
                xmlns:m="urn:tei-encoder:mode"
                xmlns="http://www.w3.org/1999/xhtml"
                xpath-default-namespace="http://www.tei-c.org/ns/1.0"
                exclude-result-prefixes="#all" expand-text="yes">

  <xsl:key name="callouts" match="ptr[@type = 'noteref']"
           use="tokenize(@target) ! substring(., 2)"/>

  <!-- The mark at the callout, as it was printed. -->
  <xsl:template match="note | ptr" mode="m:mark" as="xs:string">
    <xsl:sequence select="string((f:signs(., 'callout')[.], @n, f:targets(@target)/@n,
                                  (self::note, f:targets(@target)) ! $places(generate-id()))[1])"/>
  </xsl:template>

  <xsl:function name="f:mark" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:apply-templates select="$node" mode="m:mark"/>
  </xsl:function>

  <!-- The mark at the note itself, which may have been printed otherwise: `1` there, `1.` here. -->
  <xsl:function name="f:note-label" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="(f:signs($note, 'label')[.], f:mark($note))[1]"/>
  </xsl:function>

  <xsl:function name="f:callout-id" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="'ref~' || f:id($note)"/>
  </xsl:function>

  <xsl:template match="note" mode="m:html">
    <a class="{f:callout-class(.)}" role="doc-noteref" id="{f:callout-id(.)}" href="#{f:id(.)}">
      <xsl:value-of select="f:mark(.)"/>
    </a>
  </xsl:template>

  <xsl:template match="ptr[@type = 'noteref'][f:targets(@target)]" mode="m:html">
    <a class="{f:callout-class(.)}" role="doc-noteref" id="{f:id(.)}"
       href="#{f:id(f:targets(@target)[1])}">
      <xsl:value-of select="f:mark(.)"/>
    </a>
  </xsl:template>

  <!-- A figure is raised; an asterisk stands high by itself, and brackets stay on the line. -->
  <xsl:function name="f:callout-class" as="xs:string">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="if (matches(f:mark($note), '^[\p{L}\p{N}]+$')) then 'callout raised'
                          else 'callout'"/>
  </xsl:function>

  <xsl:template match="note[f:is-inline-note(.)]" mode="m:html">
    <xsl:element name="{if (f:is-block(.) or parent::div) then 'aside' else 'span'}">
      <xsl:attribute name="class" select="'note', @type, 'by-' || f:voice(.)"/>
      <xsl:attribute name="role" select="'note'"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates select="." mode="m:html-inside"/>
      <xsl:sequence select="f:html-voice(.)"/>
    </xsl:element>
  </xsl:template>

  <xsl:template name="html-notes">
    <xsl:variable name="notes" as="element(note)*"
                  select="/TEI/text//note[not(f:is-inline-note(.))]"/>
    <xsl:if test="$notes">
      <section class="notes" aria-labelledby="~notes">
        <h2 id="~notes">{f:say('notes')}</h2>
        <xsl:apply-templates select="$notes" mode="m:html-entry"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="note" mode="m:html-entry">
    <aside class="footnote by-{f:voice(.)}" role="doc-footnote" id="{f:id(.)}">
      <xsl:apply-templates select="@xml:lang" mode="m:attributes"/>
      <span class="mark">{f:note-label(.)}</span>
      <div class="note-body">
        <xsl:apply-templates select="." mode="m:html-inside"/>
        <xsl:text> </xsl:text>
        <xsl:sequence select="f:html-voice(.)"/>
        <xsl:sequence select="f:back(f:callout-id(.), f:mark(.))"/>
        <xsl:for-each select="key('callouts', @xml:id)">
          <xsl:sequence select="f:back(f:id(.), f:mark(.))"/>
        </xsl:for-each>
      </div>
    </aside>
  </xsl:template>

  <xsl:function name="f:back" as="item()*">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="mark" as="xs:string"/>
    <xsl:text>&#xA0;</xsl:text>
    <a class="back" role="doc-backlink" href="#{$id}"
       aria-label="{f:say('back-to-note', $mark)}">↩</a>
  </xsl:function>

  <!-- At the foot of the sheet, with its own mark. -->
  <xsl:template match="note" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function" select="'foot-note'"/>
      <xsl:with-param name="arguments"
                      select="f:literal(f:mark(.)) || ', ', f:typst-voice(.)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="note[f:is-inline-note(.)]" mode="m:typst">
    <xsl:call-template name="call">
      <xsl:with-param name="function"
                      select="if (f:is-block(.) or parent::div) then 'block-note'
                              else 'inline-note'"/>
      <xsl:with-param name="arguments" select="f:typst-voice(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A note begins on the line of its mark, whether or not its words are in paragraphs. -->
  <xsl:template match="note[not(f:is-inline-note(.))]/p" mode="m:typst">
    <xsl:apply-templates select="." mode="m:typst-inside"/>
    <xsl:value-of select="'parbreak()&#10;'[current()/following-sibling::p]"/>
  </xsl:template>

  <xsl:template match="note[not(f:is-inline-note(.))][p]/text()[not(normalize-space())]"
                mode="m:typst"/>

  <xsl:template match="ptr[@type = 'noteref']" mode="m:typst">
    <xsl:value-of select="'callout(' || f:literal(f:mark(.)) || ')&#10;'"/>
  </xsl:template>

  <xsl:template match="note" mode="m:label"/>
</xsl:stylesheet>

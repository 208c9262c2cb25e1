<?xml version="1.0" encoding="UTF-8"?>
<!-- What the manual says of an element's attributes and content, of examples and of rules. -->
<xsl:stylesheet version="3.0"
  xmlns="http://www.w3.org/1999/xhtml"
  xmlns:m="https://tei-encoder.org/ns/manual"
  xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  exclude-result-prefixes="m sch xs"
  expand-text="yes"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <!-- attributes -->

  <xsl:function name="m:attributes" as="element()*">
    <xsl:param name="spec" as="element()"/>
    <xsl:variable name="own" as="element(attDef)*" select="$spec/attList//attDef"/>
    <xsl:variable name="inherited" as="element(attDef)*" select="m:inherited($spec)[not(@ident = $own/@ident)]"/>
    <xsl:if test="$own">
      <table>
        <caption>Attributes of <code>{$spec/@ident}</code></caption>
        <thead>
          <tr><th scope="col">Attribute</th><th scope="col">Meaning</th><th scope="col">Values</th></tr>
        </thead>
        <tbody>
          <xsl:sequence select="$own ! m:attribute(.)"/>
        </tbody>
      </table>
    </xsl:if>
    <xsl:if test="$inherited">
      <p>
        <span class="label">{if ($own) then 'Attributes from classes: ' else 'Attributes, from classes: '}</span>
        <xsl:for-each-group select="$inherited" group-by="ancestor::classSpec[1]/@ident">
          <xsl:if test="position() gt 1">; </xsl:if>
          <xsl:sequence select="m:link(ancestor::classSpec[1])"/>
          <xsl:text> </xsl:text>
          <code>{string-join(current-group() ! ('@' || @ident), ' ')}</code>
        </xsl:for-each-group>
      </p>
    </xsl:if>
  </xsl:function>

  <xsl:function name="m:inherited" as="element(attDef)*">
    <xsl:param name="spec" as="element()"/>
    <xsl:for-each select="key('m:spec', $spec/classes/memberOf/@key, root($schema))[@type = 'atts']">
      <xsl:sequence select="attList//attDef, m:inherited(.)"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="m:attribute" as="element()">
    <xsl:param name="attribute" as="element(attDef)"/>
    <tr>
      <th scope="row">
        <code>@{$attribute/@ident}</code>
        <xsl:if test="$attribute/@usage = 'req'">
          <span class="note"> required</span>
        </xsl:if>
      </th>
      <td>
        <xsl:apply-templates select="m:english($attribute/desc)/node()" mode="m:prose"/>
      </td>
      <td><xsl:sequence select="m:values($attribute)"/></td>
    </tr>
  </xsl:function>

  <xsl:function name="m:values" as="node()*">
    <xsl:param name="attribute" as="element(attDef)"/>
    <xsl:variable name="list" as="element(valList)?" select="$attribute/valList[1]"/>
    <xsl:if test="$list">
      <xsl:if test="not($list/@type = 'closed')">
        <xsl:text>For example:</xsl:text>
      </xsl:if>
      <dl class="values">
        <xsl:for-each select="$list/valItem">
          <div>
            <dt><code>{@ident}</code></dt>
            <dd><xsl:apply-templates select="m:english((desc, gloss))/node()" mode="m:prose"/></dd>
          </div>
        </xsl:for-each>
      </dl>
    </xsl:if>
    <xsl:if test="not($list/@type = 'closed')">
      <xsl:apply-templates select="$attribute/datatype/*" mode="m:content"/>
      <xsl:if test="$attribute/datatype[@maxOccurs = 'unbounded' or number(@maxOccurs) gt 1]">
        <xsl:text>, several with spaces between</xsl:text>
      </xsl:if>
    </xsl:if>
  </xsl:function>

  <!-- content models, in the signs of regular expressions -->

  <xsl:function name="m:model-of" as="element()*">
    <xsl:param name="spec" as="element()"/>
    <xsl:if test="$spec/content/*">
      <p class="model"><span class="label">Content: </span>
        <xsl:for-each select="$spec/content/*">
          <xsl:if test="position() gt 1">, </xsl:if>
          <xsl:apply-templates select="." mode="m:content"/>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:function>

  <xsl:template match="textNode" mode="m:content">text</xsl:template>
  <xsl:template match="empty" mode="m:content">nothing</xsl:template>
  <xsl:template match="anyElement" mode="m:content">any element</xsl:template>

  <xsl:template match="elementRef | classRef | macroRef | dataRef[@key]" mode="m:content">
    <xsl:variable name="spec" as="element()?" select="key('m:spec', @key, root($schema))[1]"/>
    <xsl:sequence select="($spec ! m:link(.), m:code(@key))[1]"/>
    <xsl:sequence select="m:count(.)"/>
  </xsl:template>

  <xsl:template match="dataRef[@name]" mode="m:content">
    <code>{@name}</code>
    <xsl:if test="@restriction">
      <xsl:text> like </xsl:text>
      <code>{@restriction}</code>
    </xsl:if>
  </xsl:template>

  <xsl:template match="valList" mode="m:content">
    <xsl:for-each select="valItem">
      <xsl:if test="position() gt 1"> | </xsl:if>
      <code>"{@ident}"</code>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="sequence | alternate" mode="m:content">
    <xsl:variable name="between" as="xs:string" select="if (self::sequence) then ', ' else ' | '"/>
    <xsl:text>(</xsl:text>
    <xsl:for-each select="*">
      <xsl:if test="position() gt 1">{$between}</xsl:if>
      <xsl:apply-templates select="." mode="m:content"/>
    </xsl:for-each>
    <xsl:text>)</xsl:text>
    <xsl:sequence select="m:count(.)"/>
  </xsl:template>

  <xsl:function name="m:code" as="element()">
    <xsl:param name="text" as="xs:string"/>
    <code>{$text}</code>
  </xsl:function>

  <xsl:function name="m:count" as="text()?">
    <xsl:param name="part" as="element()"/>
    <xsl:variable name="least" as="xs:string" select="string(($part/@minOccurs, '1')[1])"/>
    <xsl:variable name="most" as="xs:string" select="string(($part/@maxOccurs, '1')[1])"/>
    <xsl:value-of select="
      if ($least = '1' and $most = '1') then ''
      else if ($least = '0' and $most = '1') then '?'
      else if ($least = '0' and $most = 'unbounded') then '*'
      else if ($least = '1' and $most = 'unbounded') then '+'
      else '{' || $least || ',' || $most[. != 'unbounded'] || '}'"/>
  </xsl:function>

  <!-- examples and rules -->

  <xsl:function name="m:examples" as="element()*">
    <xsl:param name="spec" as="element()"/>
    <xsl:for-each select="$spec/exemplum[not(@xml:lang) or @xml:lang = ('en', 'und', 'mul')]">
      <figure>
        <figcaption>Example</figcaption>
        <pre><code><xsl:apply-templates select="*:egXML/node()" mode="m:code"/></code></pre>
      </figure>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="text()" mode="m:code">{replace(replace(., '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;')}</xsl:template>

  <xsl:template match="*" mode="m:code">
    <xsl:text>&lt;{name()}</xsl:text>
    <xsl:for-each select="@*">
      <xsl:text> {name()}="{replace(replace(., '&amp;', '&amp;amp;'), '&quot;', '&amp;quot;')}"</xsl:text>
    </xsl:for-each>
    <xsl:text>{if (node()) then '>' else '/>'}</xsl:text>
    <xsl:apply-templates mode="m:code"/>
    <xsl:if test="node()">&lt;/{name()}&gt;</xsl:if>
  </xsl:template>

  <xsl:function name="m:rules" as="element()*">
    <xsl:param name="spec" as="element()"/>
    <xsl:variable name="rules" as="element()*" select="$spec/constraintSpec[desc or .//sch:assert or .//sch:report]
      [.//sch:assert or .//sch:report]"/>
    <xsl:if test="$rules">
      <p class="label">Rules</p>
      <ul>
        <xsl:for-each select="$rules">
          <li id="rule-{$spec/@ident}-{@ident}">
            <xsl:apply-templates select="m:english(desc)/node()" mode="m:prose"/>
            <xsl:for-each select=".//sch:span[@class = 'hint']">
              <span class="note"> {normalize-space(.)}</span>
            </xsl:for-each>
            <code class="code"> sch-{@ident}</code>
          </li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>

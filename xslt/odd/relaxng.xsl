<?xml version="1.0" encoding="UTF-8"?>
<!--
  ODD to RELAX NG. Each specification becomes one <define>: an element with its content and
  attributes, a model class as a choice between its members, an attribute class as a sequence of
  its attributes, a data specification as a datatype.

  The ODD is complete in itself (encoder/odd.py has checked that each key resolves), so nothing
  of the TEI's own source is read here.
-->
<xsl:stylesheet version="3.0"
  xmlns="http://relaxng.org/ns/structure/1.0"
  xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"
  xmlns:odd="https://tei-encoder.org/ns/odd"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  exclude-result-prefixes="odd xs"
  expand-text="yes"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0">

  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>

  <!-- What does this specification define? -->
  <xsl:mode name="odd:definition" on-no-match="fail"/>
  <!-- What may stand here? -->
  <xsl:mode name="odd:content" on-no-match="fail"/>
  <!-- What does an attribute look like? -->
  <xsl:mode name="odd:attribute" on-no-match="fail"/>
  <!-- Which values may it have? -->
  <xsl:mode name="odd:values" on-no-match="fail"/>

  <xsl:variable name="schema" as="element(schemaSpec)" select="(//schemaSpec)[1]"/>

  <xsl:key name="odd:members" match="elementSpec | classSpec" use="classes/memberOf/@key"/>
  <xsl:key name="odd:class" match="classSpec" use="@ident"/>

  <xsl:template match="/" as="document-node()">
    <xsl:document>
      <grammar ns="{($schema/@ns, 'http://www.tei-c.org/ns/1.0')[1]}"
        datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
        <xsl:comment> Generated from {$schema/@ident}.odd by `tei schema compile`: edit that. </xsl:comment>
        <xsl:call-template name="odd:start"/>
        <xsl:apply-templates mode="odd:definition"
          select="$schema//(dataSpec | macroSpec | classSpec | elementSpec)"/>
        <xsl:sequence select="odd:any-elements()"/>
      </grammar>
    </xsl:document>
  </xsl:template>

  <xsl:template name="odd:start" as="element(start)" xpath-default-namespace="http://relaxng.org/ns/structure/1.0">
    <start>
      <choice>
        <xsl:for-each select="tokenize($schema/@start)">
          <ref name="{.}"/>
        </xsl:for-each>
      </choice>
    </start>
  </xsl:template>

  <!-- definitions -->

  <xsl:template match="elementSpec" mode="odd:definition" as="element()">
    <define name="{@ident}">
      <element name="{(altIdent, @ident)[1]}">
        <xsl:if test="@ns">
          <xsl:attribute name="ns" select="@ns"/>
        </xsl:if>
        <xsl:sequence select="odd:documentation(.)"/>
        <xsl:apply-templates select="classes/memberOf" mode="odd:attribute"/>
        <xsl:apply-templates select="attList" mode="odd:attribute"/>
        <xsl:apply-templates select="content/*" mode="odd:content"/>
        <xsl:if test="empty(content/*)">
          <empty/>
        </xsl:if>
      </element>
    </define>
  </xsl:template>

  <xsl:template match="classSpec[@type = 'model']" mode="odd:definition" as="element()">
    <xsl:variable name="members" as="element()*" select="key('odd:members', @ident)"/>
    <define name="{@ident}">
      <xsl:sequence select="odd:choice($members ! odd:ref(@ident))"/>
    </define>
  </xsl:template>

  <xsl:template match="classSpec[@type = 'atts']" mode="odd:definition" as="element()">
    <define name="{@ident}">
      <xsl:apply-templates select="classes/memberOf" mode="odd:attribute"/>
      <xsl:apply-templates select="attList" mode="odd:attribute"/>
      <!-- RELAX NG wants a pattern even where a class has neither attributes nor superclasses. -->
      <empty/>
    </define>
  </xsl:template>

  <xsl:template match="macroSpec" mode="odd:definition" as="element()">
    <define name="{@ident}">
      <xsl:apply-templates select="content/*" mode="odd:content"/>
      <xsl:if test="empty(content/*)">
        <empty/>
      </xsl:if>
    </define>
  </xsl:template>

  <xsl:template match="dataSpec" mode="odd:definition" as="element()">
    <define name="{@ident}">
      <xsl:apply-templates select="content/*" mode="odd:values"/>
    </define>
  </xsl:template>

  <!-- content -->

  <xsl:template match="textNode" mode="odd:content" as="element()">
    <text/>
  </xsl:template>

  <xsl:template match="empty" mode="odd:content" as="element()">
    <empty/>
  </xsl:template>

  <xsl:template match="macroRef" mode="odd:content" as="element()">
    <xsl:sequence select="odd:ref(@key)"/>
  </xsl:template>

  <xsl:template match="dataRef | valList" mode="odd:content" as="element()">
    <xsl:apply-templates select="." mode="odd:values"/>
  </xsl:template>

  <xsl:template match="anyElement" mode="odd:content" as="element()*">
    <xsl:sequence select="odd:repeat(odd:ref(odd:any-name(.)), odd:least(.), odd:most(.))"/>
  </xsl:template>

  <!-- A class may also stand for all its members, in their order. -->
  <xsl:template match="classRef[@expand[. != 'alternate']]" mode="odd:content" as="element()*"
    priority="1">
    <xsl:variable name="least" as="xs:integer" select="if (contains(@expand, 'Optional')) then 0 else 1"/>
    <xsl:variable name="most" as="xs:integer" select="if (contains(@expand, 'Repeatable')) then -1 else 1"/>
    <xsl:variable name="members" as="element()*"
      select="odd:members(@key) ! odd:repeat(odd:ref(@ident), $least, $most)"/>
    <xsl:sequence select="odd:repeat(odd:group($members), odd:least(.), odd:most(.))"/>
  </xsl:template>

  <xsl:function name="odd:members" as="element(elementSpec)*">
    <xsl:param name="class" as="xs:string"/>
    <xsl:for-each select="key('odd:members', $class, root($schema))">
      <xsl:sequence select="if (self::elementSpec) then . else odd:members(@ident)"/>
    </xsl:for-each>
  </xsl:function>

  <xsl:template match="elementRef | classRef" mode="odd:content" as="element()*">
    <xsl:sequence select="odd:repeat(odd:ref(@key), odd:least(.), odd:most(.))"/>
  </xsl:template>

  <xsl:template match="sequence | alternate" mode="odd:content" as="element()*">
    <xsl:variable name="parts" as="element()*">
      <xsl:apply-templates mode="odd:content"/>
    </xsl:variable>
    <xsl:variable name="whole" as="element()"
      select="if (self::sequence) then odd:group($parts) else odd:choice($parts)"/>
    <xsl:sequence select="odd:repeat($whole, odd:least(.), odd:most(.))"/>
  </xsl:template>

  <!-- White space between the parts of a content model means nothing. -->
  <xsl:template match="text()" mode="odd:content odd:values"/>

  <!-- attributes -->

  <!-- Only attribute classes add to an element; a model class says where it may stand. -->
  <xsl:template match="memberOf" mode="odd:attribute" as="element()*">
    <xsl:sequence select="key('odd:class', @key)[@type = 'atts'] ! odd:ref(@ident)"/>
  </xsl:template>

  <xsl:template match="attList" mode="odd:attribute" as="element()*">
    <xsl:variable name="parts" as="element()*">
      <xsl:apply-templates select="attDef | attList" mode="odd:attribute"/>
    </xsl:variable>
    <xsl:sequence select="if (@org = 'choice') then odd:choice($parts)
      else if (parent::attList) then odd:group($parts) else $parts"/>
  </xsl:template>

  <xsl:template match="attDef" mode="odd:attribute" as="element()">
    <xsl:variable name="attribute" as="element()">
      <attribute name="{(altIdent, @ident)[1]}">
        <xsl:if test="not(contains(@ident, ':'))">
          <!-- Without this an attribute would inherit the grammar's namespace. -->
          <xsl:attribute name="ns"/>
        </xsl:if>
        <xsl:sequence select="odd:documentation(.)"/>
        <xsl:sequence select="odd:list(odd:value(.), datatype)"/>
      </attribute>
    </xsl:variable>
    <xsl:sequence select="odd:repeat($attribute, if (@usage = 'req') then 1 else 0, 1)"/>
  </xsl:template>

  <!-- Returns one value of an attribute: its closed list, else its datatype, else any text. -->
  <xsl:function name="odd:value" as="element()">
    <xsl:param name="attribute" as="element(attDef)"/>
    <xsl:variable name="closed" as="element(valList)?"
      select="$attribute/valList[@type = 'closed']"/>
    <xsl:variable name="values" as="element()*">
      <xsl:apply-templates select="($closed, $attribute/datatype/*)[1]" mode="odd:values"/>
    </xsl:variable>
    <xsl:sequence select="($values, odd:text())[1]"/>
  </xsl:function>

  <xsl:template match="valList" mode="odd:values" as="element()">
    <choice>
      <xsl:for-each select="valItem">
        <value>{@ident}</value>
        <xsl:sequence select="odd:documentation(.)"/>
      </xsl:for-each>
    </choice>
  </xsl:template>

  <xsl:template match="alternate" mode="odd:values" as="element()">
    <choice>
      <xsl:apply-templates mode="odd:values"/>
    </choice>
  </xsl:template>

  <xsl:template match="textNode" mode="odd:values" as="element()">
    <text/>
  </xsl:template>

  <xsl:template match="dataRef[@key]" mode="odd:values" as="element()">
    <xsl:sequence select="odd:ref(@key)"/>
  </xsl:template>

  <xsl:template match="sequence" mode="odd:values" as="element()">
    <list>
      <xsl:apply-templates mode="odd:values"/>
    </list>
  </xsl:template>

  <xsl:template match="empty" mode="odd:values" as="element()">
    <empty/>
  </xsl:template>

  <xsl:template match="dataRef[@name]" mode="odd:values" as="element()">
    <data type="{@name}">
      <xsl:if test="@restriction">
        <param name="pattern">{@restriction}</param>
      </xsl:if>
      <xsl:for-each select="dataFacet">
        <param name="{@name}">{@value}</param>
      </xsl:for-each>
    </data>
  </xsl:template>

  <!-- pieces of RELAX NG -->

  <xsl:function name="odd:ref" as="element()">
    <xsl:param name="name" as="xs:string"/>
    <ref name="{$name}"/>
  </xsl:function>

  <xsl:function name="odd:text" as="element()">
    <text/>
  </xsl:function>

  <!-- A model class without members lets nothing stand in its place. -->
  <xsl:function name="odd:choice" as="element()">
    <xsl:param name="parts" as="element()*"/>
    <xsl:choose>
      <xsl:when test="empty($parts)">
        <notAllowed/>
      </xsl:when>
      <xsl:otherwise>
        <choice>
          <xsl:sequence select="$parts"/>
        </choice>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="odd:group" as="element()">
    <xsl:param name="parts" as="element()*"/>
    <group>
      <xsl:sequence select="$parts"/>
      <xsl:if test="empty($parts)">
        <empty/>
      </xsl:if>
    </group>
  </xsl:function>

  <xsl:function name="odd:list" as="element()">
    <xsl:param name="value" as="element()"/>
    <xsl:param name="datatype" as="element(datatype)?"/>
    <xsl:variable name="many" as="element()*"
      select="odd:repeat($value, odd:least($datatype), odd:most($datatype))"/>
    <xsl:choose>
      <xsl:when test="$datatype/(@minOccurs | @maxOccurs)">
        <list>
          <xsl:sequence select="$many"/>
        </list>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$value"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Returns a pattern as often as the ODD allows; -1 stands for unbounded. -->
  <xsl:function name="odd:repeat" as="element()*">
    <xsl:param name="pattern" as="element()"/>
    <xsl:param name="least" as="xs:integer"/>
    <xsl:param name="most" as="xs:integer"/>
    <xsl:choose>
      <xsl:when test="$most = -1 and $least le 1">
        <xsl:element name="{if ($least = 0) then 'zeroOrMore' else 'oneOrMore'}">
          <xsl:sequence select="$pattern"/>
        </xsl:element>
      </xsl:when>
      <xsl:when test="$least gt 0">
        <xsl:sequence select="$pattern,
          odd:repeat($pattern, $least - 1, if ($most = -1) then -1 else $most - 1)"/>
      </xsl:when>
      <xsl:when test="$most gt 0">
        <optional>
          <xsl:sequence select="$pattern, odd:repeat($pattern, 0, $most - 1)"/>
        </optional>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="odd:least" as="xs:integer">
    <xsl:param name="spec" as="element()?"/>
    <xsl:sequence select="xs:integer(($spec/@minOccurs, 1)[1])"/>
  </xsl:function>

  <xsl:function name="odd:most" as="xs:integer">
    <xsl:param name="spec" as="element()?"/>
    <xsl:variable name="most" as="xs:string" select="string(($spec/@maxOccurs, 1)[1])"/>
    <xsl:sequence select="if ($most = 'unbounded') then -1 else xs:integer($most)"/>
  </xsl:function>

  <!-- Of what is said in several languages, that of the schema, or the first. -->
  <xsl:function name="odd:said" as="element()?">
    <xsl:param name="said" as="element()*"/>
    <xsl:variable name="language" as="xs:string" select="string(($schema/@docLang, 'en')[1])"/>
    <xsl:sequence select="($said[@xml:lang = $language], $said[not(@xml:lang)], $said)[1]"/>
  </xsl:function>

  <!-- Elements of any name, but of the namespaces that are left out. -->
  <xsl:function name="odd:any-name" as="xs:string">
    <xsl:param name="any" as="element(anyElement)"/>
    <xsl:sequence select="string-join(('anyElement', odd:left-out($any) ! replace(., '[^\w]+', '-')), '-')"/>
  </xsl:function>

  <xsl:function name="odd:left-out" as="xs:string*">
    <xsl:param name="any" as="element(anyElement)"/>
    <xsl:sequence select="tokenize(normalize-space($any/@except))"/>
  </xsl:function>

  <xsl:function name="odd:any-elements" as="element()*">
    <xsl:for-each-group select="$schema//anyElement" group-by="odd:any-name(.)">
      <define name="{current-grouping-key()}">
        <element>
          <anyName>
            <xsl:if test="odd:left-out(.)">
              <except>
                <xsl:for-each select="odd:left-out(.)">
                  <nsName ns="{.}"/>
                </xsl:for-each>
              </except>
            </xsl:if>
          </anyName>
          <zeroOrMore>
            <attribute>
              <anyName/>
            </attribute>
          </zeroOrMore>
          <zeroOrMore>
            <choice>
              <text/>
              <ref name="{current-grouping-key()}"/>
            </choice>
          </zeroOrMore>
        </element>
      </define>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Editors show this beside an element or attribute while one types. -->
  <xsl:function name="odd:documentation" as="element(a:documentation)?">
    <xsl:param name="spec" as="element()"/>
    <xsl:variable name="gloss" as="xs:string?" select="odd:said($spec/gloss) ! concat('(', ., ')')"/>
    <xsl:variable name="words" as="xs:string"
      select="normalize-space(string-join(($gloss, odd:said($spec/desc)), ' '))"/>
    <xsl:if test="$words">
      <a:documentation>{$words}</a:documentation>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>

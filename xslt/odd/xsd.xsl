<?xml version="1.0" encoding="UTF-8"?>
<!--
  RELAX NG, as relaxng.xsl makes it, to XSD 1.0: a schema for each namespace.

  XSD can say less, so the schema is as narrow as XSD lets it be and never narrower than the
  RELAX NG. What is widened:
  - a content model that XSD holds to be ambiguous (Unique Particle Attribution), or that has an
    interleave, becomes its elements in any order and number;
  - where text may stand beside elements, it may stand anywhere among them;
  - an attribute that only some alternatives ask for is optional;
  - any element may be the outermost.
-->
<xsl:stylesheet version="3.0"
  xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:p="https://tei-encoder.org/ns/particle"
  xmlns:rng="http://relaxng.org/ns/structure/1.0"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  exclude-result-prefixes="a map p rng"
  expand-text="yes"
  xpath-default-namespace="http://relaxng.org/ns/structure/1.0">

  <xsl:include href="xsd-content.xsl"/>
  <xsl:include href="xsd-values.xsl"/>

  <!-- Before the ending of each file's name: edition.xsd, edition-xml.xsd. -->
  <xsl:param name="ident" as="xs:string"/>

  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>

  <!-- What may stand in an element: particles p:e, p:class, p:seq, p:alt, p:any, with @min, @max. -->
  <xsl:mode name="p:content" on-no-match="shallow-skip"/>
  <!-- Which attributes does it have? -->
  <xsl:mode name="p:attributes" on-no-match="shallow-skip"/>
  <!-- Which kinds of value does a pattern have? -->
  <xsl:mode name="p:values" on-no-match="shallow-skip"/>
  <!-- How is a particle written in XSD? -->
  <xsl:mode name="p:write" on-no-match="fail"/>

  <xsl:key name="p:define" match="define" use="@name"/>

  <xsl:variable name="grammar" as="document-node()" select="/"/>
  <xsl:variable name="elements" as="element(element)*" select="//element[p:names(.)]"/>
  <xsl:variable name="main" as="xs:string" select="p:namespace($elements[1])"/>
  <xsl:variable name="XML" as="xs:string" select="'http://www.w3.org/XML/1998/namespace'"/>
  <xsl:variable name="foreign" as="element(p:attribute)*">
    <xsl:for-each select="$elements">
      <xsl:sequence select="p:attributes(.)[@ns != '']"/>
    </xsl:for-each>
  </xsl:variable>
  <xsl:variable name="namespaces" as="xs:string*"
    select="distinct-values(($main, $elements ! p:namespace(.), $foreign/@ns))"/>

  <xsl:template match="/" as="element(schemas)" xpath-default-namespace="">
    <schemas>
      <xsl:for-each select="$namespaces">
        <schema file="{p:file(.)}">
          <xsl:sequence select="p:schema(.)"/>
        </schema>
      </xsl:for-each>
    </schemas>
  </xsl:template>

  <xsl:function name="p:file" as="xs:string">
    <xsl:param name="namespace" as="xs:string"/>
    <xsl:variable name="others" as="xs:string*" select="$namespaces[. != $main]"/>
    <xsl:sequence select="if ($namespace = $main) then $ident || '.xsd'
      else if ($namespace = $XML) then $ident || '-xml.xsd'
      else $ident || '-' || index-of($others, $namespace) || '.xsd'"/>
  </xsl:function>

  <xsl:function name="p:prefix" as="xs:string">
    <xsl:param name="namespace" as="xs:string"/>
    <xsl:sequence select="if ($namespace = $XML) then 'xml'
      else if ($namespace = 'http://www.tei-c.org/ns/1.0') then 'tei'
      else 'n' || index-of($namespaces, $namespace)"/>
  </xsl:function>

  <xsl:function name="p:schema" as="element(xs:schema)">
    <xsl:param name="namespace" as="xs:string"/>
    <xs:schema elementFormDefault="qualified">
      <xsl:if test="$namespace">
        <xsl:attribute name="targetNamespace" select="$namespace"/>
      </xsl:if>
      <xsl:for-each select="$namespaces[. != ''][. != $XML]">
        <xsl:namespace name="{p:prefix(.)}" select="."/>
      </xsl:for-each>
      <xsl:comment> Generated from {$ident}.odd by `tei schema compile`: edit that. </xsl:comment>
      <xsl:for-each select="$namespaces[. != $namespace][$namespace != $XML]">
        <xs:import schemaLocation="{p:file(.)}">
          <xsl:if test=".">
            <xsl:attribute name="namespace" select="."/>
          </xsl:if>
        </xs:import>
      </xsl:for-each>
      <xsl:if test="$namespace = $main">
        <xsl:apply-templates select="$grammar//define[p:is-type(.)]" mode="p:write"/>
        <xsl:apply-templates select="$grammar//define[p:is-class(.)]" mode="p:write"/>
        <xsl:apply-templates select="$grammar//define[p:is-attributes(.)]" mode="p:write"/>
      </xsl:if>
      <xsl:for-each-group select="$elements[p:namespace(.) = $namespace]" group-by="p:names(.)">
        <xsl:sequence select="p:element(p:local(current-grouping-key()), current-group())"/>
      </xsl:for-each-group>
      <xsl:for-each-group select="$foreign[@ns = $namespace]" group-by="@name">
        <xsl:sequence select="p:attribute(current-grouping-key(), current-group()/node(), '')"/>
      </xsl:for-each-group>
    </xs:schema>
  </xsl:function>

  <!-- elements -->

  <xsl:function name="p:element" as="element()+">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="patterns" as="element(element)+"/>
    <xsl:variable name="content" as="element()" select="p:content($patterns)"/>
    <xsl:variable name="mixed" as="xs:boolean" select="$patterns ! p:has-text(.) = true()"/>
    <xsl:variable name="values" as="element()*" select="$patterns ! p:own-values(*)"/>
    <xsl:variable name="only-values" as="xs:boolean"
      select="exists($values) and not($mixed) and exists($content/self::p:empty)"/>
    <xsl:if test="$only-values">
      <!-- A complex type can only extend a type that has a name. -->
      <xsl:for-each select="p:simple($values)[not(@p:named)]">
        <xs:simpleType name="{$name}.value">
          <xsl:sequence select="*"/>
        </xs:simpleType>
      </xsl:for-each>
    </xsl:if>
    <xs:element name="{$name}">
      <xsl:sequence select="p:documentation($patterns[1])"/>
      <xs:complexType>
        <xsl:if test="($mixed or exists($values)) and not($only-values)">
          <xsl:attribute name="mixed" select="'true'"/>
        </xsl:if>
        <xsl:choose>
          <xsl:when test="$only-values">
            <xsl:variable name="own" as="xs:string" select="p:qname(p:names($patterns[1])[1]) || '.value'"/>
            <xs:simpleContent>
              <xs:extension base="{(p:simple($values)/@p:named, $own)[1]}">
                <xsl:sequence select="p:all-attributes($patterns)"/>
              </xs:extension>
            </xs:simpleContent>
          </xsl:when>
          <xsl:otherwise>
            <xsl:apply-templates select="p:group(p:sure($content))" mode="p:write"/>
            <xsl:sequence select="p:all-attributes($patterns)"/>
          </xsl:otherwise>
        </xsl:choose>
      </xs:complexType>
    </xs:element>
  </xsl:function>

  <!-- What is in a complex type is a group, even where it is one element. -->
  <xsl:function name="p:group" as="element()?">
    <xsl:param name="content" as="element()"/>
    <xsl:choose>
      <xsl:when test="$content/self::p:empty"/>
      <xsl:when test="$content[self::p:e or self::p:any]">
        <p:seq min="1" max="1">
          <xsl:sequence select="$content"/>
        </p:seq>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$content"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- names -->

  <!-- Returns the names that an element or attribute pattern lists, as {namespace}local. -->
  <xsl:function name="p:names" as="xs:string*">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="if ($pattern/@name) then p:name($pattern/@name, $pattern)
      else $pattern/(name | choice[1]//name)/p:name(normalize-space(.), .)"/>
  </xsl:function>

  <xsl:function name="p:name" as="xs:string">
    <xsl:param name="written" as="xs:string"/>
    <xsl:param name="where" as="element()"/>
    <xsl:variable name="inherited" as="xs:string"
      select="if ($where/self::attribute[@name][not(@ns)]) then ''
        else string($where/ancestor-or-self::*[@ns][1]/@ns)"/>
    <xsl:variable name="prefix" as="xs:string?" select="tokenize($written, ':')[2] ! substring-before($written, ':')"/>
    <xsl:variable name="namespace" as="xs:string"
      select="if ($prefix) then string(namespace-uri-for-prefix($prefix, $where)) else $inherited"/>
    <xsl:sequence select="'{' || $namespace || '}' || tokenize($written, ':')[last()]"/>
  </xsl:function>

  <xsl:function name="p:local" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="substring-after($name, '}')"/>
  </xsl:function>

  <xsl:function name="p:uri" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="substring-before(substring($name, 2), '}')"/>
  </xsl:function>

  <xsl:function name="p:namespace" as="xs:string">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="p:uri(p:names($pattern)[1])"/>
  </xsl:function>

  <xsl:function name="p:qname" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="if (p:uri($name)) then p:prefix(p:uri($name)) || ':' || p:local($name)
      else p:local($name)"/>
  </xsl:function>

  <!-- What a reference stands for. -->
  <xsl:function name="p:defined" as="element()*">
    <xsl:param name="reference" as="element(ref)"/>
    <xsl:sequence select="key('p:define', $reference/@name, $grammar)/*"/>
  </xsl:function>

  <!-- writing -->

  <xsl:template match="define[p:is-type(.)]" mode="p:write" as="element(xs:simpleType)">
    <xsl:variable name="type" as="element(xs:simpleType)" select="p:simple(p:leaves(rng:*))"/>
    <xs:simpleType name="{@name}">
      <xsl:choose>
        <xsl:when test="$type/@p:named">
          <xs:restriction base="{$type/@p:named}"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="$type/*"/>
        </xsl:otherwise>
      </xsl:choose>
    </xs:simpleType>
  </xsl:template>

  <xsl:template match="define[p:is-class(.)]" mode="p:write" as="element(xs:group)">
    <xs:group name="{@name}">
      <xs:choice>
        <xsl:apply-templates select="p:named(p:members(@name))" mode="p:write"/>
      </xs:choice>
    </xs:group>
  </xsl:template>

  <xsl:template match="define[p:is-attributes(.)]" mode="p:write" as="element(xs:attributeGroup)">
    <xs:attributeGroup name="{@name}">
      <xsl:sequence select="p:written(p:grouped(@name), true())"/>
    </xs:attributeGroup>
  </xsl:template>

  <xsl:template match="p:e" mode="p:write" as="element()">
    <xs:element ref="{p:qname(@name)}">
      <xsl:sequence select="p:count(.)"/>
    </xs:element>
  </xsl:template>

  <xsl:template match="p:any" mode="p:write" as="element()">
    <xs:any namespace="##any" processContents="skip">
      <xsl:sequence select="p:count(.)"/>
    </xs:any>
  </xsl:template>

  <xsl:template match="p:class" mode="p:write" as="element()">
    <xs:group ref="{p:qname('{' || $main || '}' || @name)}">
      <xsl:sequence select="p:count(.)"/>
    </xs:group>
  </xsl:template>

  <xsl:template match="p:seq | p:alt" mode="p:write" as="element()">
    <xsl:element name="xs:{if (self::p:seq) then 'sequence' else 'choice'}">
      <xsl:sequence select="p:count(.)"/>
      <xsl:apply-templates select="*" mode="p:write"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="p:count" as="attribute()*">
    <xsl:param name="particle" as="element()"/>
    <xsl:if test="$particle/@min != '1'">
      <xsl:attribute name="minOccurs" select="$particle/@min"/>
    </xsl:if>
    <xsl:if test="$particle/@max != '1'">
      <xsl:attribute name="maxOccurs" select="$particle/@max"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="p:documentation" as="element(xs:annotation)?">
    <xsl:param name="pattern" as="element()"/>
    <xsl:sequence select="p:annotation($pattern/*)"/>
  </xsl:function>

  <xsl:function name="p:annotation" as="element(xs:annotation)?"
   >
    <xsl:param name="content" as="node()*"/>
    <xsl:for-each select="$content[self::a:documentation][1]">
      <xs:annotation>
        <xs:documentation>{.}</xs:documentation>
      </xs:annotation>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
